// Layers that only rearrange numbers.

import { reshape, type Tensor } from "@tensorflow/tfjs-core";
import { type LayerArguments, OwnLayer, register, type Shape, sizeOf } from "./ownLayer.ts";

/** Flattens each example to a row. TensorFlow.js refuses an example that is a row already. */
class KerasFlatten extends OwnLayer {
  static readonly className = "KerasFlatten";

  protected override shapeOf([batch = null, ...example]: Shape): Shape {
    return [batch, sizeOf(example)];
  }

  protected override compute(input: Tensor): Tensor {
    const [batch = 1, ...example] = input.shape;
    return reshape(input, [batch, sizeOf(example) as number]);
  }
}

/** Gives each example another shape, of which one side may be −1: TensorFlow.js does not work that side out. */
class KerasReshape extends OwnLayer {
  static readonly className = "KerasReshape";
  readonly #target: readonly number[];

  constructor(args: LayerArguments & { readonly targetShape: readonly number[] }) {
    super(args);
    this.#target = args.targetShape;
  }

  protected override shapeOf([batch = null, ...example]: Shape): Shape {
    const size = sizeOf(example);
    const known = this.#target.reduce((product, side) => (side === -1 ? product : product * side), 1);
    return [batch, ...this.#target.map((side) => (side === -1 ? size && size / known : side))];
  }

  protected override compute(input: Tensor): Tensor {
    return reshape(input, this.shapeOf(input.shape) as number[]);
  }

  override getConfig() {
    return { ...super.getConfig(), targetShape: [...this.#target] };
  }
}

register(KerasFlatten);
register(KerasReshape);
