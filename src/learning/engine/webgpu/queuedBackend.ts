import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { type DataId, type TensorInfo, util } from "@tensorflow/tfjs-core";
import type { DeferredReads } from "../deferredReads.ts";
import { BindGroups } from "./bindGroups.ts";
import { guardedReads } from "./guardedReads.ts";
import { Readings } from "./readings.ts";
import { Scalars } from "./scalars.ts";
import { Uploads } from "./uploads.ts";

/** The most dispatches that wait for one submit; a training step of the question's network has about 45. */
const MOST_QUEUED = 256;

/** The most bytes of a tensor that go through the staging buffer that is kept. A larger one gets its own from the stock backend. */
const MOST_STAGED = 1 << 24;

/** The most uniform buffers that are kept: one for each combination of shapes and attributes. */
const MOST_UNIFORMS = 10_000;

/** A program of learnproof's own, in WGSL. */
export interface Program {
  /** A name that no other program has. */
  readonly key: string;
  /** Binds the outputs, the inputs and then the numbers, in group 0 from 0 on; the entry point is `main`. */
  readonly code: string;
  /** Workgroups to start, along x. */
  readonly workgroups: number;
}

type Uniform = NonNullable<Parameters<WebGPUBackend["runWebGPUProgram"]>[3]>;
type StockProgram = Parameters<WebGPUBackend["runWebGPUProgram"]>[0];

/** The parts of the stock backend that it declares private, as far as they are used here. */
interface Internals {
  readonly activeTimers?: unknown;
  readonly commandEncoder: GPUCommandEncoder;
  computePassEncoder: GPUComputePassEncoder | null;
  /** The uniform buffers that are to be reused after the next submit. */
  readonly uniformPendingDisposal: GPUBuffer[];
  makeUniforms(uniform: Uniform): GPUBufferBinding;
  recordAndSubmit(program: StockProgram, output: TensorInfo, inputs: TensorInfo[], uniform?: Uniform): void;
}

/**
 * The stock backend, which issues its commands in another way. The stock one creates a uniform buffer and a bind group
 * for each dispatch, and submits after 15; here both are kept, since they repeat from step to step, and one submit
 * carries all commands up to the next reading of a value. A tensor's buffer is free again as soon as the tensor is
 * disposed, because commands run in the order in which they were issued.
 */
export class QueuedBackend extends WebGPUBackend {
  readonly #uploads: Uploads;
  readonly #readings = new Readings(this);
  readonly #scalars: Scalars;
  readonly #groups: BindGroups;
  readonly #uniforms = new Map<string, GPUBufferBinding>();
  readonly #pipelines = new Map<string, GPUComputePipeline>();
  readonly #stockRecord: Internals["recordAndSubmit"];
  readonly #guardedFrom = new WeakMap<DataId, DataId>();
  #flag: TensorInfo | null = null;
  #noFlag: TensorInfo | null = null;
  #queued = 0;
  #submitting: Promise<void> | null = null;

  constructor(device: GPUDevice, info: GPUAdapterInfo) {
    super(device, info);
    this.#uploads = new Uploads(device);
    this.#scalars = new Scalars(device);
    this.#groups = new BindGroups(device);
    this.#stockRecord = this.#internals.recordAndSubmit.bind(this);
    const record: Internals["recordAndSubmit"] = (...call) => this.#record(...call);
    Object.defineProperty(this, "recordAndSubmit", { value: record });
  }

  /** Computes the outputs by a program of learnproof's own. No tensor is empty. */
  compute(
    { key, code, workgroups }: Program,
    outputs: readonly TensorInfo[],
    inputs: readonly TensorInfo[],
    numbers: readonly number[] = [],
  ): void {
    const tensors = [...outputs, ...inputs];
    for (const { dataId } of tensors) this.uploadToGPU(dataId);
    if (this.#scalars.isFull) this.submitQueue();
    const bindings: GPUBufferBinding[] = tensors.map(({ dataId }) => ({ buffer: this.#bufferOf(dataId) }));
    if (numbers.length > 0) bindings.push(this.#scalars.place(numbers));
    this.#dispatch(this.#pipelineOf(key, code), bindings, [workgroups, 1, 1]);
  }

  override uploadToGPU(dataId: DataId): void {
    const data = this.tensorMap.get(dataId);
    const { values, dtype, shape } = data;
    const isNumbers = dtype === "float32" || dtype === "int32" || dtype === "bool";
    if (data.resource != null || values == null || !isNumbers || util.sizeFromShape(shape) === 0) {
      super.uploadToGPU(dataId);
      return;
    }
    const numbers = wordsOf(values as ArrayLike<number>, dtype);
    if (numbers.byteLength > MOST_STAGED) {
      super.uploadToGPU(dataId);
      return;
    }
    if (!this.#uploads.hasRoom(numbers.byteLength)) this.submitQueue();
    const buffer = this.bufferManager.acquireBuffer(
      numbers.byteLength,
      GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    );
    this.ensureCommandEncoderReady();
    this.endComputePassEncoder();
    this.#uploads.copy(this.#internals.commandEncoder, numbers, buffer);
    Object.assign(data, { resource: buffer, values: null });
  }

  override submitQueue(): void {
    this.ensureCommandEncoderReady();
    this.endComputePassEncoder();
    this.#scalars.write();
    super.submitQueue();
    this.#uploads.reset();
    this.#queued = 0;
  }

  /** Reads a buffer. Readings that are asked for at the same time share one submit, and where they are small one wait. */
  override async getBufferData(buffer: GPUBuffer): Promise<ArrayBuffer> {
    const values = this.#copyOut(buffer);
    await this.#submitSoon();
    return values;
  }

  /** Reads a float32 tensor along with the next reading that does not wait. The tensor may be disposed meanwhile. */
  async readLater({ dataId }: TensorInfo): Promise<Float32Array> {
    this.uploadToGPU(dataId);
    return new Float32Array(await this.#copyOut(this.#bufferOf(dataId)));
  }

  /** Begins to defer the readings of a run. */
  deferReads(): DeferredReads {
    return guardedReads(this);
  }

  /** The flag that update kernels must test: while it is set, they leave what they would update as it is. */
  get stopFlag(): TensorInfo {
    this.#noFlag ??= this.makeTensorInfo([1], "int32", Int32Array.of(0));
    return this.#flag ?? this.#noFlag;
  }

  /** Runs `work`, which must be synchronous, while {@link stopFlag} is this flag. */
  flaggedBy<Result>(flag: TensorInfo, work: () => Result): Result {
    const former = this.#flag;
    this.#flag = flag;
    try {
      return work();
    } finally {
      this.#flag = former;
    }
  }

  /** Notes that a kernel which tests {@link stopFlag} made one tensor out of another. */
  noteGuarded(output: TensorInfo, input: TensorInfo): void {
    this.#guardedFrom.set(output.dataId, input.dataId);
  }

  /** Whether a kernel which tests {@link stopFlag} made `output` out of `input`. */
  isGuarded(output: TensorInfo, input: TensorInfo): boolean {
    return this.#guardedFrom.get(output.dataId) === input.dataId;
  }

  override dispose(): void {
    this.#uploads.dispose();
    this.#scalars.dispose();
    // The stock backend destroys the uniform buffers, since its buffer manager made them.
    this.#uniforms.clear();
    super.dispose();
  }

  #copyOut(buffer: GPUBuffer): Promise<ArrayBuffer> {
    this.ensureCommandEncoderReady();
    this.endComputePassEncoder();
    return this.#readings.copy(this.#internals.commandEncoder, buffer);
  }

  get #internals(): Internals {
    return this as unknown as Internals;
  }

  #record(program: StockProgram, output: TensorInfo, inputs: TensorInfo[], defined: Uniform = []): void {
    const { pipeline } = program;
    const isPlain = program.pixelsOpType === undefined && this.#internals.activeTimers == null;
    if (!isPlain || !pipeline || pipeline instanceof Promise) {
      this.#stockRecord(program, output, inputs, defined);
      return;
    }
    const bindings = [output, ...inputs].map(({ dataId }) => ({ buffer: this.#bufferOf(dataId) }));
    this.#dispatch(
      pipeline,
      [...bindings, this.#uniformsOf(program, output, inputs, defined)],
      program.dispatch,
    );
  }

  #dispatch(
    pipeline: GPUComputePipeline,
    bindings: readonly GPUBufferBinding[],
    [x, y, z]: readonly [number, number, number],
  ): void {
    const internals = this.#internals;
    this.ensureCommandEncoderReady();
    internals.computePassEncoder ??= internals.commandEncoder.beginComputePass();
    internals.computePassEncoder.setPipeline(pipeline);
    internals.computePassEncoder.setBindGroup(0, this.#groups.of(pipeline, bindings));
    internals.computePassEncoder.dispatchWorkgroups(x, y, z);
    this.#queued++;
    if (this.#queued >= MOST_QUEUED) this.submitQueue();
  }

  /** Submits the commands once the code that runs now has asked for all that it reads. */
  #submitSoon(): Promise<void> {
    this.#submitting ??= Promise.resolve().then(() => {
      this.#submitting = null;
      this.submitQueue();
      this.#readings.fetch();
    });
    return this.#submitting;
  }

  #bufferOf(dataId: DataId): GPUBuffer {
    return this.tensorMap.get(dataId).resource as GPUBuffer;
  }

  #pipelineOf(key: string, code: string): GPUComputePipeline {
    const known = this.#pipelines.get(key);
    if (known) return known;
    const module = this.device.createShaderModule({ code, label: key });
    const pipeline = this.device.createComputePipeline({
      layout: "auto",
      compute: { module, entryPoint: "main" },
    });
    this.#pipelines.set(key, pipeline);
    return pipeline;
  }

  /** Returns a buffer of the uniforms that the stock programs read; those of one content share it. */
  #uniformsOf(
    { size, outputShape, outputComponent = 1 }: StockProgram,
    output: TensorInfo,
    inputs: readonly TensorInfo[],
    defined: Uniform,
  ): GPUBufferBinding {
    const shapes = [...inputs, output].map(({ shape }) => shape);
    const sizes = size ? [util.sizeFromShape(outputShape) / outputComponent] : [];
    const own = defined.map(({ type, data }) => `${type}:${data.join()}`);
    const key = [...shapes.map((shape) => shape.join()), ...sizes, ...own].join(";");
    const known = this.#uniforms.get(key);
    if (known) return known;
    if (this.#uniforms.size >= MOST_UNIFORMS) this.#freeUniforms();
    const made = this.#internals.makeUniforms([
      { type: "float32", data: [Number.NaN] },
      { type: "float32", data: [Number.POSITIVE_INFINITY] },
      ...shapes.flatMap((shape) => [
        { type: "int32", data: shape },
        { type: "int32", data: util.computeStrides(shape) },
      ]),
      ...sizes.map((count) => ({ type: "int32", data: [count] })),
      ...defined,
    ]);
    // The stock backend would write others into this buffer after the next submit.
    this.#internals.uniformPendingDisposal.pop();
    this.#uniforms.set(key, made);
    return made;
  }

  #freeUniforms(): void {
    this.submitQueue();
    for (const { buffer } of this.#uniforms.values()) this.bufferManager.releaseBuffer(buffer);
    this.#uniforms.clear();
  }
}

/** Returns numbers as the words of 32 bits that a GPU stores: booleans are integers there. */
function wordsOf(values: ArrayLike<number>, dtype: "float32" | "int32" | "bool"): Float32Array | Int32Array {
  if (values instanceof Float32Array || values instanceof Int32Array)
    if (values instanceof Float32Array === (dtype === "float32")) return values;
  return dtype === "float32" ? Float32Array.from(values) : Int32Array.from(values);
}
