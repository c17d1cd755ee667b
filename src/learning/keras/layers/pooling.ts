// Pooling over a whole example. TensorFlow.js lacks three dimensions and keepdims, and ignores the mask of a sequence.

import { cast, div, expandDims, max, mean, mul, sum, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { type CallOptions, type LayerArguments, OwnLayer, register, type Shape } from "./ownLayer.ts";

interface Arguments {
  readonly kind: "max" | "average";
  readonly dataFormat?: string;
  readonly keepdims?: boolean;
}

class KerasGlobalPooling extends OwnLayer {
  static readonly className = "KerasGlobalPooling";
  readonly #settings: Required<Arguments>;

  constructor(args: LayerArguments & Arguments) {
    super(args);
    this.supportsMasking = true;
    const { kind, dataFormat = "channelsLast", keepdims = false } = args;
    this.#settings = { kind, dataFormat, keepdims };
  }

  #axes(rank: number): number[] {
    const first = this.#settings.dataFormat === "channelsFirst" ? 2 : 1;
    return Array.from({ length: rank - 2 }, (_, axis) => axis + first);
  }

  protected override shapeOf(input: Shape): Shape {
    const axes = this.#axes(input.length);
    return this.#settings.keepdims
      ? input.map((side, axis) => (axes.includes(axis) ? 1 : side))
      : input.filter((_, axis) => !axes.includes(axis));
  }

  /** The steps of a sequence are pooled, and none is left that a mask could hide. */
  override computeMask(): Tensor {
    return null as unknown as Tensor;
  }

  protected override compute(input: Tensor, { mask }: CallOptions): Tensor {
    const { kind, keepdims } = this.#settings;
    const axes = this.#axes(input.rank);
    if (kind === "max") return max(input, axes, keepdims);
    const given = Array.isArray(mask) ? mask[0] : mask;
    return given && input.rank === 3 ? this.#meanOf(input, given as Tensor) : mean(input, axes, keepdims);
  }

  /** Averages the steps of a sequence that its mask does not hide. */
  #meanOf(input: Tensor, mask: Tensor): Tensor {
    return tidy(() => {
      const [axis] = this.#axes(3) as [number];
      const shares = expandDims(cast(mask, "float32"), axis === 1 ? 2 : 1);
      const { keepdims } = this.#settings;
      return div(sum(mul(input, shares), axis, keepdims), sum(shares, axis, keepdims));
    });
  }

  override getConfig() {
    return { ...super.getConfig(), ...this.#settings };
  }
}

register(KerasGlobalPooling);
