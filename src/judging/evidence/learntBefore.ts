// The weights of a layer that was trained elsewhere, or that holds vectors of words, are no draw of its initializer. The
// largest distance of the two distributions tells (the test of Kolmogorov and Smirnov).

import { seedWeights } from "../../learning/subject/seedModel.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import { layersWithWeights } from "../../learning/training/layerWeights.ts";
import { read } from "../../learning/training/read.ts";
import { withFreshModel } from "./contract/freshModel.ts";

/** Two draws of the same size differ by more than this over the root of half their size in 1 of 1,000 cases. */
const UNLIKELY = 1.95;
/** Fewer weights tell nothing. */
const FEWEST = 30;

/** Whether the layers of these names begin with weights that something was learnt into: each that has enough of them. */
export function wereLearntBefore(subject: Subject, names: readonly string[]): Promise<boolean> {
  return withFreshModel(subject, async ({ model }) => {
    const kernels = () =>
      Promise.all(
        layersWithWeights(model)
          .filter(({ layer }) => names.includes(layer))
          .flatMap(({ variables }) => variables.filter(({ shape }) => shape.length > 1))
          .map(async (kernel) => Float32Array.from(await read(kernel)).sort()),
      );
    const given = await kernels();
    seedWeights(model, subject.seed);
    const drawn = await kernels();
    const told = given.filter(({ length }) => length >= FEWEST);
    return told.length > 0 && given.every((one, place) => one.length < FEWEST || differ(one, drawn[place]));
  });
}

/** Whether sorted weights come from another distribution than other ones; a constant is nothing learnt. */
function differ(given: Float32Array, drawn: Float32Array | undefined): boolean {
  if (drawn === undefined || given[0] === given.at(-1)) return false;
  let [most, below] = [0, 0];
  given.forEach((weight, place) => {
    while (below < drawn.length && (drawn[below] as number) <= weight) below++;
    most = Math.max(most, Math.abs((place + 1) / given.length - below / drawn.length));
  });
  return most > UNLIKELY * Math.sqrt(2 / given.length);
}
