/**
 * Fixes stock kernels that read the wrong numbers if an operand must be broadcast, by broadcasting the operand
 * beforehand. On wasm and cpu this concerns batch normalisation with the channels first (statistics [1, channels, 1,
 * 1]); on cpu also a product of matrices whose batches are both broadcast.
 */
import {
  broadcast_util,
  getKernel,
  type NamedTensorInfoMap,
  registerKernel,
  type TensorInfo,
  unregisterKernel,
  util,
} from "@tensorflow/tfjs-core";

/** The shapes that the operands of a call must have, by name; an operand without an entry keeps its shape. */
type WholeShapes = (inputs: Readonly<Record<string, TensorInfo>>) => Record<string, number[]>;

interface Disposing {
  disposeData(dataId: object): boolean;
}

const installed = new Set<string>();

/** Mends the kernels of `wasm` or `cpu`. Idempotent. */
export function installWholeOperands(backendName: "wasm" | "cpu"): void {
  if (installed.has(backendName)) return;
  installed.add(backendName);
  wrap("FusedBatchNorm", backendName, wholeStatistics);
  // This package's BatchMatMul on wasm is correct.
  if (backendName === "cpu") wrap("BatchMatMul", backendName, wholeBatches);
}

function wrap(kernelName: string, backendName: string, shapesOf: WholeShapes): void {
  const { kernelFunc: stock, ...rest } = getKernel(kernelName, backendName);
  unregisterKernel(kernelName, backendName);
  registerKernel({
    ...rest,
    kernelFunc: (call) => {
      const inputs: NamedTensorInfoMap = { ...call.inputs };
      const made: TensorInfo[] = [];
      for (const [name, shape] of Object.entries(shapesOf(call.inputs as Record<string, TensorInfo>))) {
        const operand = inputs[name];
        if (!operand || util.arraysEqual(operand.shape, shape)) continue;
        const whole = repeat(operand, shape, backendName, call.backend);
        inputs[name] = whole;
        made.push(whole);
      }
      const out = stock({ ...call, inputs });
      for (const { dataId } of made) (call.backend as Disposing).disposeData(dataId);
      return out;
    },
  });
}

/**
 * Broadcasts the statistics to the input's shape. Statistics with one axis belong to the last axis, which the stock
 * kernels handle correctly.
 */
const wholeStatistics: WholeShapes = ({ x, mean }) => {
  if (!x || !mean || mean.shape.length === 1) return {};
  return { mean: x.shape, variance: x.shape, offset: x.shape, scale: x.shape };
};

const wholeBatches: WholeShapes = ({ a, b }) => {
  if (!a || !b) return {};
  const batch = broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  return { a: [...batch, ...a.shape.slice(-2)], b: [...batch, ...b.shape.slice(-2)] };
};

function repeat(x: TensorInfo, shape: number[], backendName: string, backend: object): TensorInfo {
  const aligned = [...Array.from({ length: shape.length - x.shape.length }, () => 1), ...x.shape];
  const reps = shape.map((size, axis) => (aligned[axis] === size ? 1 : size));
  const inputs = { x: { ...x, shape: aligned } };
  return getKernel("Tile", backendName).kernelFunc({ inputs, attrs: { reps }, backend }) as TensorInfo;
}
