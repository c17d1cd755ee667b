// Convolutions of sequences that TensorFlow.js has for images only. A sequence is an image of one row.

import {
  add,
  conv2d,
  conv2dTranspose,
  depthwiseConv2d,
  expandDims,
  squeeze,
  type Tensor,
  type Tensor4D,
  tidy,
} from "@tensorflow/tfjs-core";
import { type LayerArguments, OwnLayer, register, type Shape } from "./ownLayer.ts";
import { activationOf, addRuledWeight, type Config } from "./weightRules.ts";

interface SequenceArguments {
  readonly filters?: number;
  readonly kernelSize: number | readonly number[];
  readonly strides?: number | readonly number[];
  readonly padding?: "valid" | "same";
  readonly depthMultiplier?: number;
  readonly useBias?: boolean;
}

function only(part: number | readonly number[] | undefined): number {
  return [part ?? 1].flat()[0] as number;
}

/** A layer of sequences that keeps its arguments as they are. */
abstract class SequenceConvolution extends OwnLayer {
  readonly settings: SequenceArguments;
  readonly size: number;
  readonly stride: number;

  constructor(args: LayerArguments & SequenceArguments) {
    super(args);
    this.settings = args;
    this.size = only(args.kernelSize);
    this.stride = only(args.strides);
  }

  protected get padding(): "valid" | "same" {
    return this.settings.padding ?? "valid";
  }

  protected weight(name: string): Tensor | undefined {
    return this.weights.find(({ originalName }) => originalName.endsWith(`${name}`))?.read();
  }

  protected addOne(name: string, shape: readonly number[]): void {
    const isBias = name === "bias";
    if (isBias && this.settings.useBias === false) return;
    addRuledWeight(this, this.settings as unknown as Config, name, shape, isBias ? "zeros" : undefined);
  }

  /** Returns the number of steps after the convolution. */
  protected stepsAfter(steps: number | null): number | null {
    if (steps === null) return null;
    const whole = this.padding === "same" ? steps : steps - this.size + 1;
    return Math.ceil(whole / this.stride);
  }

  protected finished(image: Tensor): Tensor {
    const bias = this.weight("bias");
    const row = squeeze(image, [1]);
    return activationOf(this.settings as unknown as Config)(bias ? add(row, bias) : row);
  }

  protected depthwise(input: Tensor, kernel: Tensor): Tensor4D {
    const image = expandDims(input, 1) as Tensor4D;
    const filter = expandDims(kernel, 0) as Tensor4D;
    return depthwiseConv2d(image, filter, [this.stride, this.stride], this.padding);
  }

  override getConfig() {
    return { ...(this.settings as object), ...super.getConfig() };
  }
}

class DepthwiseConv1D extends SequenceConvolution {
  static readonly className = "DepthwiseConv1D";

  override build(inputShape: Shape | Shape[]): void {
    const channels = (inputShape as Shape).at(-1) as number;
    const multiplier = this.settings.depthMultiplier ?? 1;
    this.addOne("depthwise", [this.size, channels, multiplier]);
    this.addOne("bias", [channels * multiplier]);
    this.built = true;
  }

  protected override shapeOf([batch = null, steps = null, channels = null]: Shape): Shape {
    return [batch, this.stepsAfter(steps), channels && channels * (this.settings.depthMultiplier ?? 1)];
  }

  protected override compute(input: Tensor): Tensor {
    return tidy(() => this.finished(this.depthwise(input, this.weight("depthwise") as Tensor)));
  }
}

class SeparableConv1D extends SequenceConvolution {
  static readonly className = "SeparableConv1D";

  override build(inputShape: Shape | Shape[]): void {
    const channels = (inputShape as Shape).at(-1) as number;
    const { filters, depthMultiplier = 1 } = this.settings;
    this.addOne("depthwise", [this.size, channels, depthMultiplier]);
    this.addOne("pointwise", [1, channels * depthMultiplier, filters as number]);
    this.addOne("bias", [filters as number]);
    this.built = true;
  }

  protected override shapeOf([batch = null, steps = null]: Shape): Shape {
    return [batch, this.stepsAfter(steps), this.settings.filters as number];
  }

  protected override compute(input: Tensor): Tensor {
    return tidy(() => {
      const depth = this.depthwise(input, this.weight("depthwise") as Tensor);
      const points = expandDims(this.weight("pointwise") as Tensor, 0) as Tensor4D;
      return this.finished(conv2d(depth, points, 1, "valid"));
    });
  }
}

class Conv1DTranspose extends SequenceConvolution {
  static readonly className = "Conv1DTranspose";

  override build(inputShape: Shape | Shape[]): void {
    const filters = this.settings.filters as number;
    this.addOne("kernel", [this.size, filters, (inputShape as Shape).at(-1) as number]);
    this.addOne("bias", [filters]);
    this.built = true;
  }

  protected override shapeOf([batch = null, steps = null]: Shape): Shape {
    const beyond = this.padding === "same" ? 0 : Math.max(this.size - this.stride, 0);
    return [batch, steps && steps * this.stride + beyond, this.settings.filters as number];
  }

  protected override compute(input: Tensor): Tensor {
    return tidy(() => {
      const [batch, steps, filters] = this.shapeOf(input.shape) as [number, number, number];
      const image = expandDims(input, 1) as Tensor4D;
      const kernel = expandDims(this.weight("kernel") as Tensor, 0) as Tensor4D;
      const wide: [number, number, number, number] = [batch, 1, steps, filters];
      return this.finished(conv2dTranspose(image, kernel, wide, [1, this.stride], this.padding));
    });
  }
}

for (const layer of [DepthwiseConv1D, SeparableConv1D, Conv1DTranspose]) register(layer);
