// Models that somebody else's code builds start from unseeded weights and drop units at random. Here both get their
// numbers from the run's streams, so that such a run, too, is the same twice, on any machine.

import { mul, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { initializers, type LayersModel } from "@tensorflow/tfjs-layers";
import { InputError } from "../../foundation/input/inputError.ts";
import { type SeedStream, seedStream } from "../../foundation/random/seedStream.ts";
import { TRUNCATED_DEVIATION, truncatedNormal } from "../../foundation/random/truncatedNormal.ts";
import { fansOf } from "./initialWeights.ts";
import { allLayers, type Layer } from "./layerTree.ts";
import { dropoutMask } from "./seededDropout.ts";
import { drawingFrom, seedRandomness } from "./seededRandomness.ts";
import { ownWeights, type WeightOrigin, weightOrigins } from "./weightOrigins.ts";

/** The settings of those that draw; each has some of them. */
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
 * Draws the initial weights of a model anew, each by its own initializer, from the streams
 * `weights/<place of the layer>/<weight>`. None is kept: those that an initializer makes without drawing (zeros, an
 * identity, a seed of its own) are made again too, so that the weights depend on the topology and the seed alone, and
 * not on what a saved model held. Normal ones are cut off at two deviations.
 *
 * @throws {InputError} for a layer whose weights cannot be made again.
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

/** Weights that a layer made in its constructor: a new layer from the same configuration makes them again. */
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
 * Makes each stock dropout layer of a model draw its masks from the stream `dropout/<place of the layer>`, and every
 * other layer draw what it draws from streams of its own: see {@link seedRandomness}.
 */
export function seedDropout(model: LayersModel, seed: number): void {
  seedRandomness(model, seed);
  allLayers(model).forEach((layer, place) => {
    if (layer.getClassName() !== "Dropout") return;
    const { rate, noiseShape } = layer.getConfig() as unknown as DropoutConfig;
    const stream = seedStream(seed, `dropout/${place}`);
    layer.call = (inputs, { training }) => {
      const input = (Array.isArray(inputs) ? inputs[0] : inputs) as Tensor;
      if (!training || rate === 0) return input.clone();
      // Batches are not all of one size, whatever size a noise shape names.
      const shape = input.shape.map((side, axis) => (noiseShape?.[axis] === 1 ? 1 : side));
      const size = shape.reduce((product, side) => product * side, 1);
      return tidy(() => mul(input, tensor(dropoutMask(stream, rate, size), shape)));
    };
  });
}

interface DropoutConfig {
  readonly rate: number;
  /** Sides of the mask: a side of 1 stands for all along that axis, others are those of the input. */
  readonly noiseShape?: readonly (number | null)[] | null;
}

/** Null where the initializer is to make the weights itself. */
function draw(initializer: WeightOrigin["initializer"], shape: number[], stream: SeedStream): Tensor | null {
  const className = initializer.getClassName?.() ?? "";
  const config = initializer.getConfig?.() ?? {};
  if (config.seed !== null && config.seed !== undefined) return null;
  if (className === "Orthogonal") {
    const seeded = { gain: config.gain as number, seed: 1 + stream.below(2 ** 31 - 2) };
    return initializers.orthogonal(seeded).apply(shape);
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
