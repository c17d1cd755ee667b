/** The stock cpu backend, with the one kernel mended that it has wrong forward: the gradients are common to all engines. */
import "@tensorflow/tfjs-backend-cpu";
import {
  broadcast_util,
  getKernel,
  type KernelFunc,
  registerKernel,
  type TensorInfo,
  unregisterKernel,
  util,
} from "@tensorflow/tfjs-core";

let installed = false;

/** Mends BatchMatMul on cpu. Idempotent. */
export function installCpuKernels(): void {
  if (installed) return;
  installed = true;
  const { kernelFunc: stock, ...rest } = getKernel("BatchMatMul", "cpu");
  unregisterKernel("BatchMatMul", "cpu");
  registerKernel({ ...rest, kernelFunc: withWholeBatches(stock) });
}

interface Disposing {
  disposeIntermediateTensorInfo(tensor: TensorInfo): void;
}

/** Repeats each operand to the common batch first: the stock kernel takes the wrong matrices where both repeat. */
function withWholeBatches(stock: KernelFunc): KernelFunc {
  return (call) => {
    const { a, b } = call.inputs as { a: TensorInfo; b: TensorInfo };
    const batch = broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
    const backend = call.backend as Disposing;
    const operands = [a, b].map((operand) =>
      repeat(operand, [...batch, ...operand.shape.slice(-2)], backend),
    );
    const [left, right] = operands as [TensorInfo, TensorInfo];
    const out = stock({ ...call, inputs: { a: left, b: right } });
    if (left !== a) backend.disposeIntermediateTensorInfo(left);
    if (right !== b) backend.disposeIntermediateTensorInfo(right);
    return out;
  };
}

function repeat(x: TensorInfo, shape: number[], backend: Disposing): TensorInfo {
  if (util.arraysEqual(x.shape, shape)) return x;
  const aligned = [...Array.from({ length: shape.length - x.shape.length }, () => 1), ...x.shape];
  const reps = shape.map((size, axis) => (aligned[axis] === size ? 1 : size));
  return getKernel("Tile", "cpu").kernelFunc({
    inputs: { x: { ...x, shape: aligned } },
    attrs: { reps },
    backend,
  }) as TensorInfo;
}
