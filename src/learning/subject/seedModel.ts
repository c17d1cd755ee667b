// Models that a project's own code builds start from unseeded weights and drop units at random. Here both get their
// random numbers from the run's streams, so that such a run is reproducible on any machine.

import { mul, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { initializers, type LayersModel, layers } from "@tensorflow/tfjs-layers";
import { InputError } from "../../foundation/input/inputError.ts";
import { type SeedStream, seedStream } from "../../foundation/random/seedStream.ts";
import { TRUNCATED_DEVIATION, truncatedNormal } from "../../foundation/random/truncatedNormal.ts";
import { quietlyAtOnce } from "../engine/quietly.ts";
import { fansOf } from "./initialWeights.ts";
import { allLayers, type Layer } from "./layerTree.ts";
import { dropoutMask } from "./seededDropout.ts";
import { drawingFrom, seedRandomness } from "./seededRandomness.ts";
import { ownWeights, type WeightOrigin, weightOrigins } from "./weightOrigins.ts";

/** The parameters of random initializers; each initializer has some of them. */
interface Ranges {
  readonly minval: number;
  readonly maxval: number;
  readonly mean: number;
  readonly stddev: number;
  readonly scale: number;
  readonly mode: "fanIn" | "fanOut" | "fanAvg";
  readonly distribution: "uniform" | "normal" | "truncatedNormal";
}

/**
 * Draws the initial weights of a model anew, each by its own initializer, from the streams `weights/<place of the
 * layer>/<weight>`. No old weight is kept: initializers that do not draw (zeros, an identity, a fixed seed) run again
 * too, so that the weights depend only on the topology and the seed, and not on the contents of a saved model. Normal
 * distributions are truncated at two standard deviations.
 *
 * @throws {InputError} for a layer whose weights cannot be recreated.
 */
export function seedWeights(model: LayersModel, seed: number): void {
  const origins = weightOrigins(model);
  allLayers(model).forEach((layer, place) => {
    const streamOf = (name: string) => seedStream(seed, `weights/${place}/${name}`);
    const made = origins.get(layer) ?? [];
    for (const { weight, name, initializer } of made) {
      const stream = streamOf(name);
      const shape = weight.shape as number[];
      const drawn = tidy(
        () =>
          draw(initializer, shape, stream) ??
          drawingFrom(
            () => stream,
            () => initializer.apply(shape, weight.dtype),
          ),
      );
      weight.write(drawn);
      drawn.dispose();
    }
    const known = new Set(made.map(({ weight }) => weight));
    const others = ownWeights(layer).filter((weight) => !known.has(weight));
    if (others.length > 0) copyFromTwin(layer, others, streamOf("others"));
  });
}

/** Recreates weights that a layer made in its constructor, by constructing a new layer from the same configuration. */
function copyFromTwin(layer: Layer, weights: Layer["weights"], stream: SeedStream): void {
  const twin = drawingFrom(
    () => stream,
    () => createTwin(layer),
  );
  const made = twin ? ownWeights(twin) : [];
  for (const weight of weights) {
    const fresh = made.find(
      ({ originalName, shape }) =>
        originalName === weight.originalName && String(shape) === String(weight.shape),
    );
    if (!fresh) {
      for (const one of made) one.dispose();
      throw new InputError({
        code: "invalid-model",
        field: `model (layer ${layer.name})`,
        message: `must make its weight ${weight.originalName} in build(), with addWeight, so that it can be drawn anew under the seed; or keep the weights as they are (keepWeights, or "initialWeights": "saved")`,
        got: layer.getClassName(),
      });
    }
    weight.write(fresh.read());
  }
  for (const one of made) one.dispose();
}

function createTwin(layer: Layer): Layer | null {
  const made = layer.constructor as unknown as {
    fromConfig(of: unknown, config: unknown): Layer;
  };
  try {
    return made.fromConfig(made, layer.getConfig());
  } catch {
    return null;
  }
}

/**
 * Makes each stock dropout layer of a model draw its masks from the stream `dropout/<place of the layer>`. Every other
 * layer draws from streams of its own, see {@link seedRandomness}; so does a dropout layer whose call the user's code
 * has replaced, since another call may drop units where the stock one does not.
 */
export function seedDropout(model: LayersModel, seed: number): void {
  const stock: unknown = Object.getPrototypeOf(layers.dropout({ rate: 0, name: "dropout" })).call;
  const isStock = new Set(allLayers(model).filter(({ call }) => call === stock));
  seedRandomness(model, seed);
  allLayers(model).forEach((layer, place) => {
    if (!isStock.has(layer)) return;
    const { rate, noiseShape } = layer.getConfig() as unknown as DropoutConfig;
    const stream = seedStream(seed, `dropout/${place}`);
    layer.call = (inputs, { training }) => {
      const input = (Array.isArray(inputs) ? inputs[0] : inputs) as Tensor;
      if (!training || rate === 0) return input.clone();
      // Batches may differ in size, so the batch size in a noise shape is ignored.
      const shape = input.shape.map((side, axis) => (noiseShape?.[axis] === 1 ? 1 : side));
      const size = shape.reduce((product, side) => product * side, 1);
      return tidy(() => mul(input, tensor(dropoutMask(stream, rate, size), shape)));
    };
  });
}

interface DropoutConfig {
  readonly rate: number;
  /** Shape of the mask: an axis of length 1 shares one value along that axis; the others have the input's length. */
  readonly noiseShape?: readonly (number | null)[] | null;
}

/** Draws weights for a random initializer; null if the initializer itself should make them. */
function draw(initializer: WeightOrigin["initializer"], shape: number[], stream: SeedStream): Tensor | null {
  const className = initializer.getClassName?.() ?? "";
  const config = initializer.getConfig?.() ?? {};
  if (config.seed !== null && config.seed !== undefined) return null;
  if (className === "Orthogonal") {
    const seeded = { gain: config.gain as number, seed: 1 + stream.below(2 ** 31 - 2) };
    // TensorFlow.js warns of matrices of more than 2,000 numbers, which take it a fifth of a second.
    return quietlyAtOnce(() => initializers.orthogonal(seeded).apply(shape));
  }
  const next = drawing(className, config as unknown as Ranges, shape, stream);
  const size = shape.reduce((product, side) => product * side, 1);
  return next && tensor(Float32Array.from({ length: size }, next), shape);
}

function drawing(
  className: string,
  config: Ranges,
  shape: readonly number[],
  stream: SeedStream,
): (() => number) | null {
  const uniform = (low: number, high: number) => () => low + (high - low) * stream.uniform();
  const normal = (mean: number, deviation: number) => () => mean + deviation * truncatedNormal(stream);
  switch (className) {
    case "RandomUniform":
      return uniform(config.minval, config.maxval);
    case "RandomNormal":
    case "TruncatedNormal":
      return normal(config.mean, config.stddev);
    case "VarianceScaling": {
      const { fanIn, fanOut } = fansOf(shape);
      const fan = { fanIn, fanOut, fanAvg: (fanIn + fanOut) / 2 }[config.mode];
      const variance = config.scale / Math.max(1, fan);
      if (config.distribution !== "uniform") return normal(0, Math.sqrt(variance) / TRUNCATED_DEVIATION);
      const limit = Math.sqrt(3 * variance);
      return uniform(-limit, limit);
    }
    default:
      return null;
  }
}
