// Noise that a model is called with `training=True` for: it stays on when the model is asked. The random numbers come from
// the streams of the layer, as those of every layer do.

import { add, dropout, randomNormal, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { type LayerArguments, OwnLayer, register } from "./ownLayer.ts";

interface Arguments {
  /** Share of the numbers that are dropped. */
  readonly rate?: number;
  /** Standard deviation of what is added. */
  readonly stddev?: number;
  readonly noiseShape?: (number | null)[] | null;
}

/** Dropout or Gaussian noise in training and in evaluation. */
class KerasSteadyNoise extends OwnLayer {
  static readonly className = "KerasSteadyNoise";
  readonly #settings: Required<Arguments>;

  constructor(args: LayerArguments & Arguments) {
    super(args);
    this.supportsMasking = true;
    const { rate = 0, stddev = 0, noiseShape = null } = args;
    this.#settings = { rate, stddev, noiseShape };
  }

  protected override compute(input: Tensor): Tensor {
    const { rate, stddev, noiseShape } = this.#settings;
    const shape = input.shape.map((side, axis) => (noiseShape?.[axis] === 1 ? 1 : side));
    return tidy(() => {
      // Numbers that were drawn from the layer's own stream: the seed of TensorFlow.js's dropout comes from it.
      const kept =
        rate > 0 ? dropout(input, rate, shape, Math.floor(Math.random() * 2 ** 31)) : input.clone();
      return stddev > 0
        ? add(kept, randomNormal(input.shape, 0, stddev, "float32", Math.floor(Math.random() * 2 ** 31)))
        : kept;
    });
  }

  override getConfig() {
    return { ...super.getConfig(), ...this.#settings };
  }
}

register(KerasSteadyNoise);
