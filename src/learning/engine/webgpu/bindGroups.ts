/** The most bind groups that are kept; a training step of the question's network uses about 50. */
const MOST_KEPT = 10_000;

/** Creates each bind group once: in training the same pipelines meet the same buffers at every step. */
export class BindGroups {
  readonly #device: GPUDevice;
  readonly #kept = new Map<string, GPUBindGroup>();
  readonly #ids = new WeakMap<object, number>();
  readonly #layouts = new WeakMap<GPUComputePipeline, GPUBindGroupLayout>();
  #lastId = 0;

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** Returns the bind group of a pipeline's group 0 with these buffers, in the order of their bindings. */
  of(pipeline: GPUComputePipeline, bindings: readonly GPUBufferBinding[]): GPUBindGroup {
    const buffers = bindings.map(({ buffer, offset = 0 }) => `${this.#idOf(buffer)}+${offset}`);
    const key = `${this.#idOf(pipeline)}:${buffers.join()}`;
    const known = this.#kept.get(key);
    if (known) return known;
    const group = this.#device.createBindGroup({
      layout: this.#layoutOf(pipeline),
      entries: bindings.map((resource, binding) => ({ binding, resource })),
    });
    // A buffer's number is never used again, so a group of a destroyed buffer is never found; it only takes room.
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
    this.#kept.set(key, group);
    return group;
  }

  #layoutOf(pipeline: GPUComputePipeline): GPUBindGroupLayout {
    const known = this.#layouts.get(pipeline);
    if (known) return known;
    const layout = pipeline.getBindGroupLayout(0);
    this.#layouts.set(pipeline, layout);
    return layout;
  }

  #idOf(part: object): number {
    const known = this.#ids.get(part);
    if (known !== undefined) return known;
    this.#lastId++;
    this.#ids.set(part, this.#lastId);
    return this.#lastId;
  }
}
