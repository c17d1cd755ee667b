/**
 * Runs this package's SIMD module on the memory of the running wasm backend. It uses a few private parts of that
 * backend: a tensor's address, an output's allocation, reference counts. tfjs is pinned to 4.22.0 for that reason.
 */
import { readFileSync } from "node:fs";
import type { DataType, TensorInfo } from "@tensorflow/tfjs-core";

/** Addresses and sizes are plain numbers: bytes from the start of memory, counts, float32 scalars. */
type Compute = (...args: readonly number[]) => void;
type ScratchBytes = (...args: readonly number[]) => number;

/** Exports of kernels.wasm; their parameters are documented in the folder `assembly`. */
export interface KernelExports {
  readonly activation: Compute;
  readonly adam: Compute;
  readonly clip: Compute;
  readonly convolution: Compute;
  readonly convolutionScratch: ScratchBytes;
  readonly depthwise: Compute;
  readonly depthwiseFilterGradient: Compute;
  readonly depthwiseInputGradient: Compute;
  readonly filterGradient: Compute;
  readonly filterGradientScratch: ScratchBytes;
  readonly inputGradient: Compute;
  readonly inputGradientScratch: ScratchBytes;
  readonly matrixProduct: Compute;
  readonly matrixProductScratch: ScratchBytes;
  readonly maxPool: Compute;
  readonly maxPoolGradient: Compute;
  readonly momentum: Compute;
  readonly reluGradient: Compute;
  readonly rmsprop: Compute;
  readonly segmentSum: Compute;
  readonly sgd: Compute;
  readonly sumRows: Compute;
  readonly volumeFilterGradient: Compute;
  readonly volumeInputGradient: Compute;
}

/** The part of tfjs' BackendWasm that this package relies on. */
export interface StockBackend {
  readonly dataIdMap: { get(dataId: object): { readonly memoryOffset: number; readonly shape: number[] } };
  readonly wasm: {
    _malloc(bytes: number): number;
    _free(address: number): void;
    readonly asm: { readonly memory: object };
  };
  makeOutput(shape: number[], dtype: DataType): TensorInfo;
  incRef(dataId: object): void;
  disposeData(dataId: object): boolean;
  typedArrayFromHeap(tensor: TensorInfo): Float32Array | Int32Array | Uint8Array;
}

const moduleBytes = readFileSync(new URL("./kernels.wasm", import.meta.url));

/**
 * The part of WebAssembly's API that is used here. Node's types do not declare it, and the browser's types would bring
 * in the whole DOM.
 */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}
const { Module, Instance } = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly;
const kernels = new Module(moduleBytes);

/** Largest block in bytes: the module computes addresses and counts in 32 bits. */
const LARGEST_BYTES = 2 ** 31 - 2 ** 16;

/** One running wasm backend, with this package's module on its memory. */
export class Host {
  readonly backend: StockBackend;
  readonly compute: KernelExports;
  #scratch = 0;
  #scratchBytes = 0;

  constructor(backend: StockBackend) {
    this.backend = backend;
    const instance = new Instance(kernels, { env: { memory: backend.wasm.asm.memory } });
    this.compute = instance.exports as KernelExports;
  }

  /** The byte address of a tensor's values, valid until the tensor is disposed. */
  address(tensor: TensorInfo): number {
    return this.backend.dataIdMap.get(tensor.dataId).memoryOffset;
  }

  /**
   * Allocates a tensor of the given shape with unset values; the caller of the kernel owns it.
   *
   * @throws RangeError when the heap cannot hold it.
   */
  output(shape: number[], dtype: DataType = "float32"): TensorInfo {
    const size = shape.reduce((product, axis) => product * axis, 1);
    // Stock tfjs hands the size to a 32-bit allocator, which takes it modulo 4 GiB.
    if (4 * size > LARGEST_BYTES) throw outOfMemory(`a ${dtype} tensor of shape [${shape}]`);
    const out = this.backend.makeOutput(shape, dtype);
    // Stock tfjs does not check for failure: a failed allocation has address 0, and kernels would write over the
    // module's data.
    if (this.address(out) === 0) {
      this.backend.disposeData(out.dataId);
      throw outOfMemory(`a ${dtype} tensor of shape [${shape}]`);
    }
    return out;
  }

  /**
   * Returns the address of at least `bytes` bytes, aligned to 64, whose content lasts until the next call. One block is
   * kept and grows to the largest request, so the heap of a training loop stays constant after its first step.
   *
   * @throws RangeError when the heap cannot hold them.
   */
  scratch(bytes: number): number {
    if (bytes > LARGEST_BYTES) throw outOfMemory(`${bytes} bytes of scratch`);
    if (bytes > this.#scratchBytes) {
      if (this.#scratchBytes > 0) this.backend.wasm._free(this.#scratch);
      this.#scratchBytes = 0;
      this.#scratch = this.backend.wasm._malloc(bytes + 64) >>> 0;
      if (this.#scratch === 0) throw outOfMemory(`${bytes} bytes of scratch`);
      this.#scratchBytes = bytes;
    }
    return (this.#scratch + 63) & ~63;
  }

  /**
   * Returns the same values under another shape or another type of the same width, without a copy, as one more
   * reference.
   */
  alias(tensor: TensorInfo, shape: number[], dtype: DataType): TensorInfo {
    this.backend.incRef(tensor.dataId);
    return { dataId: tensor.dataId, shape, dtype };
  }
}

function outOfMemory(what: string): RangeError {
  return new RangeError(
    `wasm engine: the heap must hold ${what}, but got none so large; make the batch or the model smaller.`,
  );
}

let running: Host | undefined;

/** Returns the host of a backend, creating it on first use; resetting tfjs' engine makes a new backend. */
export function hostOf(backend: StockBackend): Host {
  if (running?.backend !== backend) running = new Host(backend);
  return running;
}
