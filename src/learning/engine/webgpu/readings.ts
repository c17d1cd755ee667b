import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";

/** The size of the buffer that small readings share, in bytes. */
const SHARED = 1 << 18;

/** Readings of more bytes get a buffer of their own. */
const MOST_SHARED = SHARED / 4;

interface Reading {
  readonly offset: number;
  readonly size: number;
  resolve(values: ArrayBuffer): void;
  reject(reason: unknown): void;
}

/** A buffer that the host can read, and what is to be read from it. */
interface Staging {
  readonly buffer: GPUBuffer;
  readonly readings: Reading[];
  used: number;
}

/** Brings numbers from the GPU. All small readings up to {@link fetch} share one buffer, so that the host waits once. */
export class Readings {
  readonly #backend: WebGPUBackend;
  #waiting: Staging[] = [];

  constructor(backend: WebGPUBackend) {
    this.#backend = backend;
  }

  /** Copies a buffer when the commands run; the promise waits for {@link fetch}. */
  copy(encoder: GPUCommandEncoder, source: GPUBuffer): Promise<ArrayBuffer> {
    const { size } = source;
    const staging = this.#roomFor(size);
    const offset = staging.used;
    encoder.copyBufferToBuffer(source, 0, staging.buffer, offset, size);
    staging.used += size;
    return new Promise((resolve, reject) => {
      staging.readings.push({ offset, size, resolve, reject });
    });
  }

  /** Fetches what was copied so far. It must be called once those commands were submitted. */
  fetch(): void {
    for (const staging of this.#waiting) void this.#map(staging);
    this.#waiting = [];
  }

  async #map({ buffer, readings, used }: Staging): Promise<void> {
    try {
      await buffer.mapAsync(GPUMapMode.READ, 0, used);
      const mapped = buffer.getMappedRange(0, used);
      const values = readings.map(({ offset, size }) => mapped.slice(offset, offset + size));
      buffer.unmap();
      this.#backend.bufferManager.releaseBuffer(buffer);
      readings.forEach(({ resolve }, index) => {
        resolve(values[index] as ArrayBuffer);
      });
    } catch (error) {
      for (const { reject } of readings) reject(error);
    }
  }

  #roomFor(size: number): Staging {
    const shared = this.#waiting.find(({ buffer, used }) => used + size <= buffer.size);
    if (shared) return shared;
    const staging = { buffer: this.#acquire(size > MOST_SHARED ? size : SHARED), readings: [], used: 0 };
    this.#waiting.push(staging);
    return staging;
  }

  #acquire(size: number): GPUBuffer {
    return this.#backend.bufferManager.acquireBuffer(size, GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ);
  }
}
