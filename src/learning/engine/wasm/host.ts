/**
 * Runs this package's SIMD module on the memory of the running wasm backend. It uses a few private parts of that
 * backend: a tensor's address, an output's allocation, reference counts. tfjs is pinned to 4.22.0 for that reason.
 */
import { readFileSync } from "node:fs";
import type { DataType, TensorInfo } from "@tensorflow/tfjs-core";
import { InputError } from "../../../foundation/input/inputError.ts";
import { isWorthSharing } from "../threads.ts";
import type { KernelExports, SharedKernel } from "./kernelExports.ts";
import { withSharedMemory } from "./sharedMemory.ts";
import { TEAM_BYTES, Team } from "./team.ts";

/** The part of tfjs' BackendWasm that this package relies on. */
export interface StockBackend {
  readonly dataIdMap: { get(dataId: object): { readonly memoryOffset: number; readonly shape: number[] } };
  readonly wasm: {
    _malloc(bytes: number): number;
    _free(address: number): void;
    readonly asm: { readonly memory: { readonly buffer: ArrayBufferLike } };
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

/** Scratch that all threads read, and for each thread a part of its own behind it. */
export interface Scratch {
  /** Address of the common part, a multiple of 64. */
  readonly common: number;
  /** Address of the first thread's part; the others' follow it. */
  readonly own: number;
  /** Bytes from one thread's part to the next. */
  readonly ownBytes: number;
}

/** Largest block in bytes: the module computes addresses and counts in 32 bits. */
const LARGEST_BYTES = 2 ** 31 - 2 ** 16;

/** One running wasm backend, with this package's module on its memory. */
export class Host {
  readonly backend: StockBackend;
  readonly compute: KernelExports;
  readonly #team: Team | null;
  #scratch = 0;
  #scratchBytes = 0;

  constructor(backend: StockBackend) {
    this.backend = backend;
    refuseFailedAllocations(backend);
    const { memory } = backend.wasm.asm;
    const isShared = memory.buffer instanceof SharedArrayBuffer;
    const module = isShared ? new Module(withSharedMemory(moduleBytes)) : kernels;
    this.compute = new Instance(module, { env: { memory } }).exports as KernelExports;
    this.#team = isShared ? new Team(module, memory, this.compute, this.#zeros(TEAM_BYTES)) : null;
  }

  /** Ends the threads of a backend that no longer runs. */
  close(): void {
    this.#team?.close();
  }

  /** How many threads may share a kernel of so many operations; 1 for a small one. */
  threadsFor(operations: number): number {
    return this.#team !== null && isWorthSharing(operations) ? this.#team.size() : 1;
  }

  /** Computes `units` units of a kernel on so many threads. `numbers` are its arguments before the range of units. */
  run(kernel: SharedKernel, units: number, threads: number, numbers: readonly number[]): void {
    if (this.#team !== null && units > 1 && threads > 1) this.#team.run(kernel, units, threads, numbers);
    else this.compute[kernel](...numbers, 0, units, 0);
  }

  /** The byte address of a tensor's values, valid until the tensor is disposed. */
  address(tensor: TensorInfo): number {
    return this.backend.dataIdMap.get(tensor.dataId).memoryOffset;
  }

  /**
   * Allocates a tensor of the given shape with unset values; the caller of the kernel owns it.
   *
   * @throws {InputError} when the heap cannot hold it.
   */
  output(shape: number[], dtype: DataType = "float32"): TensorInfo {
    const size = shape.reduce((product, axis) => product * axis, 1);
    // Stock tfjs hands the size to a 32-bit allocator, which takes it modulo 4 GiB.
    if (4 * size > LARGEST_BYTES) throw outOfMemory(`a ${dtype} tensor of shape [${shape}]`);
    return this.backend.makeOutput(shape, dtype);
  }

  /**
   * Returns scratch for a kernel on so many threads, whose content lasts until the next call. One block is kept and grows
   * to the largest request, so the heap of a training loop stays constant after its first step.
   *
   * @throws {InputError} when the heap cannot hold it.
   */
  scratch(commonBytes: number, ownBytes: number, threads: number): Scratch {
    const common = roundUp(commonBytes);
    const own = roundUp(ownBytes);
    const address = this.#reserve(common + threads * own);
    return { common: address, own: address + common, ownBytes: own };
  }

  #reserve(bytes: number): number {
    if (bytes > LARGEST_BYTES) throw outOfMemory(`${bytes} bytes of scratch`);
    if (bytes > this.#scratchBytes) {
      if (this.#scratchBytes > 0) this.backend.wasm._free(this.#scratch);
      this.#scratchBytes = 0;
      this.#scratch = this.#allocate(bytes);
      this.#scratchBytes = bytes;
    }
    return roundUp(this.#scratch);
  }

  /** Allocates `bytes` bytes from the next multiple of 64 on. */
  #allocate(bytes: number): number {
    return this.backend.wasm._malloc(bytes + 64) >>> 0;
  }

  /** Returns the address of so many bytes of zeros, a multiple of 64, which are never freed. */
  #zeros(bytes: number): number {
    const address = roundUp(this.#allocate(bytes));
    new Uint8Array(this.backend.wasm.asm.memory.buffer, address, bytes).fill(0);
    return address;
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

/**
 * Lets every allocation of the backend throw that fails. Stock tfjs does not look: a failed allocation has address 0, where
 * kernels would write over the module's own data, and the memory breaks much later, at another place.
 */
function refuseFailedAllocations({ wasm }: StockBackend): void {
  const allocate = wasm._malloc.bind(wasm);
  wasm._malloc = (bytes) => {
    const address = bytes > LARGEST_BYTES ? 0 : allocate(bytes);
    if (address === 0 && bytes > 0) throw outOfMemory(`a block of ${bytes} bytes`);
    return address;
  };
}

/** The next multiple of 64, the size of a cache line. */
function roundUp(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}

function outOfMemory(what: string): InputError {
  return new InputError({
    code: "too-large",
    field: "training.batchSize",
    message: `must leave a step of the model within the 4 GiB that the wasm engine can address: the heap must hold ${what}, but got none so large; make the batch or the model smaller`,
    got: "out of memory",
  });
}

let running: Host | undefined;

/** Returns the host of a backend, creating it on first use; resetting tfjs' engine makes a new backend. */
export function hostOf(backend: StockBackend): Host {
  if (running?.backend !== backend) {
    running?.close();
    running = new Host(backend);
  }
  return running;
}
