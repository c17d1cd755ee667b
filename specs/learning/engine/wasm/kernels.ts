/** Runs one kernel at a time on a chosen backend, outside tfjs' tape, and compares the answers. */
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import {
  type DataType,
  engine,
  getKernel,
  type KernelConfig,
  type NamedAttrMap,
  setBackend,
  type TensorInfo,
} from "@tensorflow/tfjs-core";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import type { StockBackend } from "../../../../src/learning/engine/wasm/host.ts";
import { installWasmEngine } from "../../../../src/learning/engine/wasm/install.ts";

/** Values with their shape; float32 unless said otherwise. */
export interface Values {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
  readonly dtype?: DataType;
}

interface Backend {
  write(values: ArrayLike<number>, shape: readonly number[], dtype: DataType): object;
  readSync(dataId: object): ArrayLike<number>;
  disposeData(dataId: object): boolean;
  numDataIds(): number;
}

const stockKernels = new Map<string, KernelConfig>();

/** Starts both backends and keeps the stock wasm kernels of these names for the twins that must fail. */
export async function startEngines(...stockNames: string[]): Promise<void> {
  await setBackend("cpu");
  await setBackend("wasm");
  for (const name of stockNames) stockKernels.set(name, getKernel(name, "wasm"));
  await installWasmEngine();
}

function typed({ values, dtype = "float32" }: Values): ArrayLike<number> {
  if (dtype === "int32") return Int32Array.from(values);
  return dtype === "bool" ? Uint8Array.from(values) : Float32Array.from(values);
}

interface GuardedBackend extends Backend, Omit<StockBackend, "makeOutput"> {
  makeOutput(shape: number[], dtype: DataType, address?: number): TensorInfo;
}

/** The running wasm backend's private doors. */
export function wasmBackend(): GuardedBackend {
  return engine().findBackend("wasm") as unknown as GuardedBackend;
}

/** The inputs of a kernel by their names, or several without names. */
type Inputs = Readonly<Record<string, Values | TensorInfo>> | readonly (Values | TensorInfo)[];

/** The answers of a kernel on `cpu`, on our `wasm`, or on the `stock` wasm. An input may be values or a tensor of that backend. Leaves no tensor of its own behind. */
export function answers(
  where: "cpu" | "wasm" | "stock",
  name: string,
  inputs: Inputs,
  attributes: object = {},
): Values[] {
  const backend = engine().findBackend(where === "cpu" ? "cpu" : "wasm") as unknown as Backend;
  const kernel = where === "stock" ? stockKernels.get(name) : getKernel(name, where);
  if (!kernel) throw new Error(`answers: the kernel ${name} must exist on ${where}, got none.`);
  const tensors = (Array.isArray(inputs) ? [] : {}) as Record<string, TensorInfo>;
  const borrowed: object[] = [];
  for (const [key, input] of Object.entries(inputs)) {
    const { shape, dtype = "float32" } = input;
    if ("dataId" in input) {
      tensors[key] = input;
      borrowed.push(input.dataId);
      continue;
    }
    tensors[key] = { dataId: backend.write(typed(input), shape, dtype), shape: [...shape], dtype };
  }
  try {
    const outputs = [
      kernel.kernelFunc({ inputs: tensors, attrs: attributes as NamedAttrMap, backend: backend as object }),
    ].flat();
    return outputs.map(({ dataId, shape, dtype }) => {
      const values = backend.readSync(dataId);
      backend.disposeData(dataId);
      return { shape, values, dtype };
    });
  } finally {
    for (const { dataId } of Object.values(tensors))
      if (!borrowed.includes(dataId)) backend.disposeData(dataId);
  }
}

/** Bytes of pattern before and after a guarded output. */
const GUARD = 256;

/**
 * How many bytes next to its output a kernel changes: the output is placed between guards of a known pattern.
 * Leaks the guarded block, which the backend must not free.
 */
export function bytesWrittenOutside(
  where: "wasm" | "stock",
  name: string,
  inputs: Inputs,
  attributes: object = {},
): number {
  const backend = wasmBackend();
  const makeOutput = backend.makeOutput.bind(backend);
  const disposeData = backend.disposeData.bind(backend);
  const blocks: { start: number; bytes: number; dataId: object }[] = [];
  backend.makeOutput = (shape, dtype) => {
    const bytes = 4 * shape.reduce((product, axis) => product * axis, 1);
    const start = backend.wasm._malloc(bytes + 2 * GUARD) >>> 0;
    heap().fill(0xa5, start, start + bytes + 2 * GUARD);
    const out = makeOutput(shape, dtype, start + GUARD);
    blocks.push({ start, bytes, dataId: out.dataId });
    return out;
  };
  backend.disposeData = (dataId) => blocks.some((block) => block.dataId === dataId) || disposeData(dataId);
  try {
    answers(where, name, inputs, attributes);
  } finally {
    Object.assign(backend, { makeOutput, disposeData });
  }
  return blocks.reduce((changed, { start, bytes }) => {
    const before = heap().subarray(start, start + GUARD);
    const after = heap().subarray(start + GUARD + bytes, start + bytes + 2 * GUARD);
    return changed + [...before, ...after].filter((byte) => byte !== 0xa5).length;
  }, 0);
}

function heap(): Uint8Array {
  return new Uint8Array((wasmBackend().wasm.asm.memory as { readonly buffer: ArrayBuffer }).buffer);
}

/** Size of the wasm memory in bytes. */
export function heapBytes(): number {
  return heap().byteLength;
}

/** The one answer of a kernel with one output. */
export function answer(...call: Parameters<typeof answers>): Values {
  const [first] = answers(...call);
  if (!first) throw new Error("answer: the kernel must have an output, got none.");
  return first;
}

/**
 * Largest difference over the largest expected size. Infinite where the shapes differ, or one side is NaN or infinite
 * and the other is not the same.
 */
export function relativeError(got: Values, expected: Values): number {
  if (`${got.shape}` !== `${expected.shape}`) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let size = Number.MIN_VALUE;
  for (let i = 0; i < expected.values.length; i++) {
    const [a = 0, b = 0] = [got.values[i], expected.values[i]];
    if (Object.is(a, b) || a === b) continue;
    if (!Number.isFinite(a) || !Number.isFinite(b)) return Number.POSITIVE_INFINITY;
    difference = Math.max(difference, Math.abs(a - b));
  }
  for (let i = 0; i < expected.values.length; i++) {
    const value = Math.abs(expected.values[i] ?? 0);
    if (Number.isFinite(value)) size = Math.max(size, value);
  }
  return difference === 0 ? 0 : difference / size;
}

/** Uniform values in [-1, 1). */
export function randomValues(shape: readonly number[], seed: number): Values {
  const stream = seedStream(seed, "kernel spec");
  const size = shape.reduce((product, axis) => product * axis, 1);
  return { shape, values: Float32Array.from({ length: size }, () => 2 * stream.uniform() - 1) };
}
