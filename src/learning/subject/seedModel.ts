// Models that somebody else's code builds start from unseeded weights and drop units at random. Here both get their
// numbers from the run's streams, so that such a run, too, is the same twice, on any machine.

import { mul, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { initializers, type LayersModel, type layers } from "@tensorflow/tfjs-layers";
import { type SeedStream, seedStream } from "../../foundation/random/seedStream.ts";
import { TRUNCATED_DEVIATION, truncatedNormal } from "../../foundation/random/truncatedNormal.ts";
import { fansOf } from "./initialWeights.ts";
import { dropoutMask } from "./seededDropout.ts";

type Layer = layers.Layer;

/** A layer's initializer, as its configuration says. */
interface Initializer {
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
}

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

/** The last part of a weight's name, and the setting that says how it is drawn. */
const INITIALIZERS: Readonly<Record<string, string>> = {
  kernel: "kernelInitializer",
  bias: "biasInitializer",
  recurrent_kernel: "recurrentInitializer",
  depthwise_kernel: "depthwiseInitializer",
  pointwise_kernel: "pointwiseInitializer",
  embeddings: "embeddingsInitializer",
  alpha: "alphaInitializer",
};

/**
 * Draws the initial weights of a model anew, by each layer's own initializer, from the streams
 * `weights/<place of the layer>/<weight>`. Initializers that draw nothing, those that were given a seed, and those of
 * other people's making keep what they gave. Normal ones are cut off at two deviations.
 */
export function seedWeights(model: LayersModel, seed: number): void {
  allLayers(model).forEach((layer, place) => {
    if (partsOf(layer).length > 0 || layer.weights.length === 0) return;
    const config = layer.getConfig();
    const drawn = layer.weights.map((weight) => {
      const name = weight.originalName.split("/").at(-1) as string;
      const initializer = config[INITIALIZERS[name] ?? ""] as unknown as Initializer | undefined;
      const stream = seedStream(seed, `weights/${place}/${name}`);
      return (initializer && draw(initializer, weight.shape as number[], stream)) ?? weight.read().clone();
    });
    layer.setWeights(drawn);
    for (const one of drawn) one.dispose();
  });
}

/** Makes each stock dropout layer of a model draw its masks from the stream `dropout/<place of the layer>`. */
export function seedDropout(model: LayersModel, seed: number): void {
  allLayers(model).forEach((layer, place) => {
    if (layer.getClassName() !== "Dropout") return;
    const rate = layer.getConfig().rate as number;
    const stream = seedStream(seed, `dropout/${place}`);
    layer.call = (inputs, { training }) => {
      const input = (Array.isArray(inputs) ? inputs[0] : inputs) as Tensor;
      if (!training || rate === 0) return input.clone();
      return tidy(() => mul(input, tensor(dropoutMask(stream, rate, input.size), input.shape)));
    };
  });
}

/** Every layer, those within other layers behind the one that holds them. */
function allLayers(model: { readonly layers: Layer[] }): Layer[] {
  return model.layers.flatMap((layer) => [layer, ...allLayers({ layers: partsOf(layer) })]);
}

/** The layers of a nested model, the cells of a recurrent layer, what a wrapper wraps. */
function partsOf(layer: Layer): Layer[] {
  const {
    layers,
    layer: wrapped,
    cell,
    cells,
    forwardLayer,
    backwardLayer,
  } = layer as unknown as Record<string, unknown>;
  const parts = [layers, wrapped, cell, cells, forwardLayer, backwardLayer].flat();
  return parts.filter(
    (part): part is Layer => typeof part === "object" && part !== null && "getConfig" in part,
  );
}

function draw({ className, config }: Initializer, shape: number[], stream: SeedStream): Tensor | null {
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
