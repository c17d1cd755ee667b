/** The distance of two places, in bytes: what WebGPU demands at most of the offset of a uniform. */
const PLACE = 256;

/** The number of different lists of numbers that one submitted list of commands may use. */
const PLACES = 64;

/** A part of a uniform buffer, as a bind group refers to it. */
export interface Place extends GPUBufferBinding {
  readonly offset: number;
  readonly size: number;
}

/**
 * Numbers that change from step to step, such as the learning rate of a schedule. They lie in one buffer that is written
 * once for each submitted list of commands, so the places, and the bind groups that refer to them, stay the same.
 */
export class Scalars {
  readonly #device: GPUDevice;
  readonly #written = new Float32Array((PLACE / 4) * PLACES);
  readonly #places = new Map<string, Place>();
  #buffer: GPUBuffer | null = null;

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** Whether no place is left: the commands so far must be submitted before {@link place} is called. */
  get isFull(): boolean {
    return this.#places.size === PLACES;
  }

  /** Finds a place for at most 64 numbers; the same numbers share one. */
  place(numbers: readonly number[]): Place {
    const key = numbers.join();
    const known = this.#places.get(key);
    if (known) return known;
    const offset = this.#places.size * PLACE;
    this.#written.set(numbers, offset / 4);
    const place = { buffer: this.#uniforms(), offset, size: Math.ceil((4 * numbers.length) / 16) * 16 };
    this.#places.set(key, place);
    return place;
  }

  /** Writes the numbers to the GPU. It must be called before the commands that use them are submitted. */
  write(): void {
    if (this.#places.size === 0) return;
    this.#device.queue.writeBuffer(this.#uniforms(), 0, this.#written.buffer, 0, this.#places.size * PLACE);
    this.#places.clear();
  }

  dispose(): void {
    this.#buffer?.destroy();
    this.#buffer = null;
  }

  #uniforms(): GPUBuffer {
    this.#buffer ??= this.#device.createBuffer({
      size: PLACE * PLACES,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    return this.#buffer;
  }
}
