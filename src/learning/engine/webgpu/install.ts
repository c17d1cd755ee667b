import type { KernelFunc, TensorInfo } from "@tensorflow/tfjs-core";
import { backend_util, util } from "@tensorflow/tfjs-core";
import type {
  AdamScalars,
  MomentumScalars,
  RmspropScalars,
  SgdScalars,
} from "../../optimizer/optimizerUpdate.ts";
import { rowSumOf, type SumAttributes } from "../leadingAxes.ts";
import { replaceKernel } from "../replaceKernel.ts";
import { computesFilterGradient, filterGradient } from "./kernels/filterGradient.ts";
import { reluGradient } from "./kernels/reluGradient.ts";
import { canSumRows, sumRows } from "./kernels/sum.ts";
import { adam, momentum, rmsprop, sgd } from "./kernels/updates.ts";
import type { QueuedBackend } from "./queuedBackend.ts";

/** Registers the kernels that make a training step one dispatch where the stock backend takes several. */
export function installWebgpuKernels(): void {
  install<UpdateInputs<"mean" | "meanSquare">, AdamScalars>("AdamUpdate", adam);
  install<UpdateInputs<never>, SgdScalars>("SgdUpdate", sgd);
  install<UpdateInputs<"velocity">, MomentumScalars>("MomentumUpdate", momentum);
  install<UpdateInputs<"meanSquare">, RmspropScalars>("RmspropUpdate", rmsprop);
  install<{ dy: TensorInfo; x: TensorInfo }, unknown>("ReluGrad", reluGradient);
  replaceKernel("webgpu", "Sum", (stock) => sumOr(stock as KernelFunc));
  replaceKernel("webgpu", "Conv2DBackpropFilter", (stock) => filterGradientOr(stock as KernelFunc));
}

type UpdateInputs<Name extends string> = Readonly<Record<"weights" | "gradient" | Name, TensorInfo>>;

function install<Inputs, Attributes>(
  name: string,
  kernel: (backend: QueuedBackend, inputs: Inputs, attributes: Attributes) => TensorInfo | TensorInfo[],
): void {
  replaceKernel(
    "webgpu",
    name,
    () =>
      ({ inputs, attrs, backend }) =>
        kernel(backend as QueuedBackend, inputs as Inputs, attrs as Attributes),
  );
}

/** Adds the rows of a float32 matrix by one program; the stock kernel does everything else. */
function sumOr(stock: KernelFunc): KernelFunc {
  return (call) => {
    const { x } = call.inputs as { x: TensorInfo };
    const plan = rowSumOf(x.shape, call.attrs as unknown as SumAttributes);
    const isPlain = x.dtype === "float32" && util.sizeFromShape(x.shape) > 0;
    if (!plan || !isPlain || !canSumRows(plan.columns)) return stock(call);
    return sumRows(call.backend as QueuedBackend, x, plan);
  };
}

/** Computes the gradient of a filter as a matrix product; the stock kernel does what is dilated or channels first. */
function filterGradientOr(stock: KernelFunc): KernelFunc {
  return (call) => {
    const { x, dy } = call.inputs as { x: TensorInfo; dy: TensorInfo };
    const { strides, pad, dimRoundingMode, dataFormat, filterShape } =
      call.attrs as unknown as FilterAttributes;
    const isPlain = x.dtype === "float32" && dy.dtype === "float32" && util.sizeFromShape(dy.shape) > 0;
    if (!isPlain || dataFormat !== "NHWC") return stock(call);
    const geometry = backend_util.computeConv2DInfo(
      x.shape as Shape4,
      filterShape,
      strides,
      1,
      pad,
      dimRoundingMode,
      false,
    );
    if (!computesFilterGradient(geometry)) return stock(call);
    return filterGradient(call.backend as QueuedBackend, { x, dy }, geometry);
  };
}

type Shape4 = [number, number, number, number];

/** The attributes of Conv2DBackpropFilter. */
interface FilterAttributes {
  readonly strides: [number, number] | number;
  readonly pad: Parameters<typeof backend_util.computeConv2DInfo>[4];
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
  readonly dataFormat: "NHWC" | "NCHW";
  readonly filterShape: Shape4;
}
