// Rectifiers with the settings that TensorFlow.js lacks.

import {
  add,
  cast,
  elu,
  greater,
  minimum,
  mul,
  relu,
  relu6,
  softmax,
  sub,
  type Tensor,
  tidy,
  transpose,
} from "@tensorflow/tfjs-core";
import { fromFront } from "../../../foundation/numbers/fromFront.ts";
import { type LayerArguments, OwnLayer, register } from "./ownLayer.ts";

interface ReluArguments {
  /** @defaultValue no limit */
  readonly maxValue?: number | null;
  readonly negativeSlope?: number;
  readonly threshold?: number;
}

/** x above the threshold, at most `maxValue`; below the threshold `negativeSlope` (x − threshold). */
class KerasReLU extends OwnLayer {
  static readonly className = "KerasReLU";
  readonly #settings: { maxValue: number | null; negativeSlope: number; threshold: number };

  constructor(args: LayerArguments & ReluArguments) {
    super(args);
    this.supportsMasking = true;
    const { maxValue = null, negativeSlope = 0, threshold = 0 } = args;
    this.#settings = { maxValue, negativeSlope, threshold };
  }

  protected override compute(input: Tensor): Tensor {
    return tidy(() => {
      const { maxValue, negativeSlope, threshold } = this.#settings;
      const below = negativeSlope === 0 ? null : mul(-negativeSlope, relu(sub(threshold, input)));
      const above = this.#above(input, threshold, maxValue);
      return below ? add(above, below) : above;
    });
  }

  #above(input: Tensor, threshold: number, maxValue: number | null): Tensor {
    if (maxValue === 6 && threshold === 0) return relu6(input);
    const isAbove = threshold === 0 ? relu(input) : mul(input, cast(greater(input, threshold), "float32"));
    return maxValue === null ? isAbove : minimum(isAbove, maxValue);
  }

  override getConfig() {
    return { ...super.getConfig(), ...this.#settings };
  }
}

/** x above 0, alpha (eˣ − 1) below; TensorFlow.js takes no alpha but 1. */
class KerasELU extends OwnLayer {
  static readonly className = "KerasELU";
  readonly #alpha: number;

  constructor(args: LayerArguments & { readonly alpha?: number }) {
    super(args);
    this.supportsMasking = true;
    this.#alpha = args.alpha ?? 1;
  }

  protected override compute(input: Tensor): Tensor {
    // elu is −(1 − eˣ) below 0, where relu is 0.
    return tidy(() => add(mul(1 - this.#alpha, relu(input)), mul(this.#alpha, elu(input))));
  }

  override getConfig() {
    return { ...super.getConfig(), alpha: this.#alpha };
  }
}

/** Softmax along an axis that is not the last; TensorFlow.js takes the last one only. */
class KerasSoftmax extends OwnLayer {
  static readonly className = "KerasSoftmax";
  readonly #axis: number;

  constructor(args: LayerArguments & { readonly axis: number }) {
    super(args);
    this.supportsMasking = true;
    this.#axis = args.axis;
  }

  protected override compute(input: Tensor): Tensor {
    const last = input.rank - 1;
    const axis = fromFront(this.#axis, input.rank);
    const swapped = input.shape.map((_, at) => (at === axis ? last : at === last ? axis : at));
    return tidy(() => transpose(softmax(transpose(input, swapped)), swapped));
  }

  override getConfig() {
    return { ...super.getConfig(), axis: this.#axis };
  }
}

register(KerasReLU);
register(KerasSoftmax);
register(KerasELU);
