// Normalisations of each example by itself, as Keras computes them, and of inputs by what was measured before training.

import {
  add,
  div,
  mean,
  moments,
  mul,
  reshape,
  rsqrt,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
  tidy,
} from "@tensorflow/tfjs-core";
import { fromFront } from "../../../foundation/numbers/fromFront.ts";
import { type LayerArguments, OwnLayer, register, type Shape } from "./ownLayer.ts";
import { addRuledWeight, type Config } from "./weightRules.ts";

interface AxisArguments {
  readonly axis?: number | readonly number[];
  readonly epsilon?: number;
}

/** Divides the numbers along some axes by the root of the sum of their squares. */
class UnitNormalization extends OwnLayer {
  static readonly className = "UnitNormalization";
  readonly #axes: readonly number[];

  constructor(args: LayerArguments & AxisArguments) {
    super(args);
    this.supportsMasking = true;
    this.#axes = [args.axis ?? -1].flat();
  }

  protected override compute(input: Tensor): Tensor {
    return tidy(() => mul(input, rsqrt(add(sum(square(input), [...this.#axes], true), 1e-12))));
  }

  override getConfig() {
    return { ...super.getConfig(), axis: [...this.#axes] };
  }
}

/** The initializers, regularizers and constraints of a layer's weights. */
function rulesIn(args: object): Config {
  return Object.fromEntries(
    Object.entries(args).filter(([name]) =>
      /^(?:gamma|beta)(?:Initializer|Regularizer|Constraint)$/.test(name),
    ),
  );
}

interface GroupArguments extends AxisArguments {
  readonly groups?: number;
  readonly center?: boolean;
  readonly scale?: boolean;
}

/** Normalises each example by the mean and variance of groups of its channels. */
class GroupNormalization extends OwnLayer {
  static readonly className = "GroupNormalization";
  readonly #settings: { groups: number; axis: number; epsilon: number; center: boolean; scale: boolean };
  readonly #rules: Config;

  constructor(args: LayerArguments & GroupArguments) {
    super(args);
    const { groups = 32, axis = -1, epsilon = 1e-3, center = true, scale = true } = args;
    this.#settings = { groups, axis: axis as number, epsilon, center, scale };
    this.#rules = rulesIn(args);
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = inputShape as Shape;
    const size = [shape.at(this.#settings.axis) as number];
    if (this.#settings.scale) addRuledWeight(this, this.#rules, "gamma", size, "ones");
    if (this.#settings.center) addRuledWeight(this, this.#rules, "beta", size, "zeros");
    this.built = true;
  }

  protected override compute(input: Tensor): Tensor {
    return tidy(() => {
      const { groups: wanted, axis: written, epsilon, scale, center } = this.#settings;
      const axis = fromFront(written, input.rank);
      const channels = input.shape[axis] as number;
      const groups = wanted === -1 ? channels : wanted;
      const split = [
        ...input.shape.slice(0, axis),
        groups,
        channels / groups,
        ...input.shape.slice(axis + 1),
      ];
      const grouped = reshape(input, split);
      const axes = split.map((_, at) => at).filter((at) => at !== 0 && at !== axis);
      const { mean: centre, variance } = moments(grouped, axes, true);
      const normal = reshape(mul(sub(grouped, centre), rsqrt(add(variance, epsilon))), input.shape);
      const along = input.shape.map((side, at) => (at === axis ? side : 1));
      const [gamma, beta] = [scale, center].map((isThere, place) =>
        isThere ? reshape(this.weights[scale ? place : 0]?.read() as Tensor, along) : null,
      );
      const scaled = gamma ? mul(normal, gamma) : normal;
      return beta ? add(scaled, beta) : scaled;
    });
  }

  override getConfig() {
    return { ...super.getConfig(), ...(this.#rules as object), ...this.#settings };
  }
}

/** Normalises each example by mean and variance along some axes, with a scale or a centre only. */
class KerasLayerNormalization extends OwnLayer {
  static readonly className = "KerasLayerNormalization";
  readonly #settings: { axis: number[]; epsilon: number; center: boolean; scale: boolean };
  readonly #rules: Config;

  constructor(args: LayerArguments & Omit<GroupArguments, "groups">) {
    super(args);
    this.supportsMasking = true;
    const { axis = -1, epsilon = 1e-3, center = true, scale = true } = args;
    this.#settings = { axis: [axis as number | number[]].flat(), epsilon, center, scale };
    this.#rules = rulesIn(args);
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = inputShape as Shape;
    const size = this.#settings.axis.map((axis) => shape.at(axis) as number);
    if (this.#settings.scale) addRuledWeight(this, this.#rules, "gamma", size, "ones");
    if (this.#settings.center) addRuledWeight(this, this.#rules, "beta", size, "zeros");
    this.built = true;
  }

  protected override compute(input: Tensor): Tensor {
    return tidy(() => {
      const { axis, epsilon, scale, center } = this.#settings;
      const axes = axis.map((one) => fromFront(one, input.rank));
      const { mean: centre, variance } = moments(input, axes, true);
      const normal = mul(sub(input, centre), rsqrt(add(variance, epsilon)));
      const along = input.shape.map((side, at) => (axes.includes(at) ? side : 1));
      const [only] = this.weights;
      if (only === undefined) return normal;
      const weight = reshape(only.read(), along);
      return scale ? mul(normal, weight) : center ? add(normal, weight) : normal;
    });
  }

  override getConfig() {
    return { ...super.getConfig(), ...(this.#rules as object), ...this.#settings };
  }
}

/** Divides the numbers along the last axes by the root of their mean square, and scales them. */
class RMSNormalization extends OwnLayer {
  static readonly className = "RMSNormalization";
  readonly #axis: number;
  readonly #epsilon: number;

  constructor(args: LayerArguments & AxisArguments) {
    super(args);
    this.supportsMasking = true;
    this.#axis = [args.axis ?? -1].flat()[0] as number;
    this.#epsilon = args.epsilon ?? 1e-6;
  }

  override build(inputShape: Shape | Shape[]): void {
    addRuledWeight(this, {}, "scale", [(inputShape as Shape).at(this.#axis) as number], "ones");
    this.built = true;
  }

  protected override compute(input: Tensor): Tensor {
    return tidy(() => {
      const axis = fromFront(this.#axis, input.rank);
      const scale = this.weights[0]?.read() as Tensor;
      const along = input.shape.map((side, at) => (at === axis ? side : 1));
      const inverse = rsqrt(add(mean(square(input), axis, true), this.#epsilon));
      return mul(mul(input, inverse), reshape(scale, along));
    });
  }

  override getConfig() {
    return { ...super.getConfig(), axis: this.#axis, epsilon: this.#epsilon };
  }
}

interface NormalizationArguments {
  /** The axes that have statistics of their own; the others share them. */
  readonly axis: readonly number[];
  readonly mean: readonly number[];
  readonly variance: readonly number[];
  readonly invert?: boolean;
}

/** Standardises inputs by a mean and a variance that were measured before training. */
class KerasNormalization extends OwnLayer {
  static readonly className = "KerasNormalization";
  readonly #settings: Required<NormalizationArguments>;

  constructor(args: LayerArguments & NormalizationArguments) {
    super(args);
    const { axis, mean, variance, invert = false } = args;
    this.supportsMasking = true;
    this.#settings = { axis, mean, variance, invert };
  }

  protected override compute(input: Tensor): Tensor {
    return tidy(() => {
      const { axis, mean: centre, variance, invert } = this.#settings;
      const axes = axis.map((one) => fromFront(one, input.rank));
      const along = input.shape.map((side, at) => (axes.includes(at) ? side : 1));
      // One number may stand for all.
      const table = (values: readonly number[]) =>
        tensor([...values], values.length === 1 ? along.map(() => 1) : along);
      // Keras takes no deviation below its ε.
      const deviation = table(variance.map((one) => Math.max(Math.sqrt(one), 1e-7)));
      return invert ? add(table(centre), mul(input, deviation)) : div(sub(input, table(centre)), deviation);
    });
  }

  override getConfig() {
    const { axis, mean: centre, variance, invert } = this.#settings;
    return { ...super.getConfig(), axis: [...axis], mean: [...centre], variance: [...variance], invert };
  }
}

for (const layer of [
  UnitNormalization,
  GroupNormalization,
  RMSNormalization,
  KerasLayerNormalization,
  KerasNormalization,
])
  register(layer);
