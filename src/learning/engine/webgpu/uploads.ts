/** The size of the first staging buffer, in bytes: a batch of small pictures fits in. */
const LEAST_BYTES = 1 << 20;

/** The most bytes that wait for one submit. */
const MOST_BYTES = 1 << 26;

/**
 * Brings numbers to the GPU through one buffer that is kept, so that no upload creates a buffer of its own. A place in it
 * is used once for each submitted list of commands: the copies of a list read it when the list runs, which is later than
 * the writing.
 */
export class Uploads {
  readonly #device: GPUDevice;
  #staging: GPUBuffer | null = null;
  #used = 0;
  /** Staging buffers that became too small while commands still refer to them. */
  #outgrown: GPUBuffer[] = [];

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /**
   * Copies numbers into a buffer when the commands run.
   *
   * @param values as many as the buffer holds: `size` bytes, a multiple of 4.
   */
  copy(encoder: GPUCommandEncoder, values: Float32Array | Int32Array, target: GPUBuffer): void {
    const size = values.byteLength;
    const staging = this.#roomFor(size);
    this.#device.queue.writeBuffer(staging, this.#used, values.buffer, values.byteOffset, size);
    encoder.copyBufferToBuffer(staging, this.#used, target, 0, size);
    this.#used += size;
  }

  /** Whether so many bytes can wait beside those that wait. If not, the commands so far must be submitted first. */
  hasRoom(size: number): boolean {
    return this.#used === 0 || this.#used + size <= MOST_BYTES;
  }

  /** Makes every place free again. It must be called once the commands so far were submitted. */
  reset(): void {
    this.#used = 0;
    for (const buffer of this.#outgrown) buffer.destroy();
    this.#outgrown = [];
  }

  dispose(): void {
    this.reset();
    this.#staging?.destroy();
    this.#staging = null;
  }

  #roomFor(size: number): GPUBuffer {
    if (this.#staging && this.#used + size <= this.#staging.size) return this.#staging;
    if (this.#staging) this.#outgrown.push(this.#staging);
    this.#staging = this.#device.createBuffer({
      size: Math.max(LEAST_BYTES, 2 * (this.#staging?.size ?? 0), size),
      usage: GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
    this.#used = 0;
    return this.#staging;
  }
}
