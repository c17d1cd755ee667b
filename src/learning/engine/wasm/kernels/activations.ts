/** Applies the activations that a convolution or a matrix product can end with, the same as in the stock kernels. */
import {
  broadcast_util,
  getKernel,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
  util,
} from "@tensorflow/tfjs-core";
import type { Host } from "../host.ts";

/** Attributes of the fused kernels. */
export interface Activation {
  readonly activation: string;
  readonly leakyreluAlpha?: number | undefined;
}

/** Codes as in assembly/tile.ts. */
const fusedCodes = new Map([
  ["linear", 0],
  ["relu", 1],
  ["relu6", 2],
  ["leakyrelu", 3],
]);

/** Activations that have a kernel of their own. */
const kernels = new Map([
  ["relu", "Relu"],
  ["relu6", "Relu6"],
  ["leakyrelu", "LeakyRelu"],
  ["elu", "Elu"],
  ["sigmoid", "Sigmoid"],
  ["prelu", "Prelu"],
]);

/**
 * Returns the module's code for an activation; `undefined` if a separate kernel applies it afterwards.
 *
 * @throws Error for an activation that the stock kernels do not know either.
 */
export function fusedCode(activation = "linear"): number | undefined {
  const code = fusedCodes.get(activation);
  if (code === undefined && !kernels.has(activation)) {
    throw new Error(
      `${activation} activation not yet supported in the wasm backend; got '${activation}', use linear, ${[...kernels.keys()].join(", ")}.`,
    );
  }
  return code;
}

function run(host: Host, name: string, inputs: NamedTensorInfoMap, attrs: NamedAttrMap = {}): TensorInfo {
  return getKernel(name, "wasm").kernelFunc({ inputs, attrs, backend: host.backend }) as TensorInfo;
}

/** Applies an activation after the sum and frees its input. */
export function applyActivation(
  host: Host,
  x: TensorInfo,
  { activation, leakyreluAlpha = 0 }: Partial<Activation>,
  preluAlpha: TensorInfo | undefined,
): TensorInfo {
  const name = kernels.get(activation ?? "linear");
  if (!name) return x;
  const out = run(host, name, { x, alpha: preluAlpha }, { alpha: leakyreluAlpha });
  host.backend.disposeData(x.dataId);
  return out;
}

/** Whether the module can add this bias: one value for each column. The stock kernels refuse every other one. */
export function isPerColumn(bias: TensorInfo | undefined, columns: number): boolean {
  return !bias || (bias.shape.length === 1 && bias.shape[0] === columns);
}

/** Adds a bias that is broadcast in another way, and frees the tensor that it was added to. */
export function addBias(host: Host, x: TensorInfo, bias: TensorInfo): TensorInfo {
  const shape = broadcast_util.assertAndGetBroadcastShape(x.shape, bias.shape);
  if (!util.arraysEqual(shape, x.shape)) {
    host.backend.disposeData(x.dataId);
    throw new Error(
      `wasm backend: the bias must broadcast to the output's shape [${x.shape}], got [${bias.shape}]; use one value for each channel.`,
    );
  }
  const out = run(host, "Add", { a: x, b: bias });
  host.backend.disposeData(x.dataId);
  return out;
}
