import type { SeedStream } from "../../foundation/random/seedStream.ts";
import { TRUNCATED_DEVIATION, truncatedNormal } from "../../foundation/random/truncatedNormal.ts";
import type { KernelInitializer } from "../config/networkSchema.ts";

/** Standard deviation of Keras's RandomNormal; Keras's RandomUniform lies within ± the same number. */
const KERAS_DEVIATION = 0.05;

/**
 * Draws a kernel's initial weights as Keras does, from one of the run's random streams.
 *
 * TensorFlow.js's own initializers use an unseeded generator if the seed is falsy, and omit Keras's correction for the
 * truncation of normal distributions.
 *
 * @param shape `[units in, units out]` of a dense kernel or `[height, width, channels in, filters]`.
 * @returns float32, row by row.
 */
export function initialKernel(
  initializer: KernelInitializer,
  shape: readonly number[],
  stream: SeedStream,
): Float32Array {
  const { fanIn, fanOut } = fansOf(shape);
  const draw = drawing(initializer, fanIn, fanOut, stream);
  return Float32Array.from({ length: fanIn * (shape.at(-1) as number) }, draw);
}

/**
 * Computes fan-in, the number of inputs to each unit of a kernel, and fan-out, the number of units that each input goes
 * to.
 */
export function fansOf(shape: readonly number[]): { readonly fanIn: number; readonly fanOut: number } {
  const receptiveField = shape.slice(0, -2).reduce((product, side) => product * side, 1);
  const [fanIn, fanOut] = [shape.at(-2) ?? 1, shape.at(-1) ?? 1];
  return { fanIn: receptiveField * fanIn, fanOut: receptiveField * fanOut };
}

function drawing(
  initializer: KernelInitializer,
  fanIn: number,
  fanOut: number,
  stream: SeedStream,
): () => number {
  const uniform = (limit: number) => () => limit * (2 * stream.uniform() - 1);
  const normal = (deviation: number) => () => (deviation / TRUNCATED_DEVIATION) * truncatedNormal(stream);
  switch (initializer) {
    case "glorotUniform":
      return uniform(Math.sqrt(6 / (fanIn + fanOut)));
    case "heUniform":
      return uniform(Math.sqrt(6 / fanIn));
    case "glorotNormal":
      return normal(Math.sqrt(2 / (fanIn + fanOut)));
    case "heNormal":
      return normal(Math.sqrt(2 / fanIn));
    case "randomNormal":
      return normal(KERAS_DEVIATION * TRUNCATED_DEVIATION);
    case "randomUniform":
      return uniform(KERAS_DEVIATION);
    case "zeros":
      return () => 0;
    case "constant":
      return () => 1 / fanIn;
  }
}
