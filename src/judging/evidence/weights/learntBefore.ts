// The weights of a layer that was trained elsewhere, or that holds vectors of words, are no draw of its initializer. The
// largest distance of the two distributions tells (the test of Kolmogorov and Smirnov). Weights that another seed changes were
// drawn, by whatever draws them.

import type { LayersModel } from "@tensorflow/tfjs-layers";
import { seedWeights } from "../../../learning/subject/seedModel.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import { layersWithWeights } from "../../../learning/training/layerWeights.ts";
import { read } from "../../../learning/training/read.ts";
import { withFreshModel } from "../contract/freshModel.ts";

/** Two draws of the same size differ by more than this over the root of half their size in 1 of 1,000 cases. */
const UNLIKELY = 1.95;
/** Fewer weights tell nothing. */
const FEWEST = 30;

/** Whether the layers of these names begin with weights that something was learnt into: each that has enough of them. */
export async function wereLearntBefore(subject: Subject, names: readonly string[]): Promise<boolean> {
  const another = await withFreshModel({ ...subject, seed: subject.seed + 1 }, ({ model }) =>
    kernelsOf(model, names),
  );
  return withFreshModel(subject, async ({ model }) => {
    const given = await kernelsOf(model, names);
    seedWeights(model, subject.seed);
    const drawn = await kernelsOf(model, names);
    const told = [...given.keys()].filter((place) => (given[place]?.length ?? 0) >= FEWEST);
    const isLearnt = (place: number) =>
      isSame(given[place], another[place]) && differ(given[place] as Float32Array, drawn[place]);
    return told.length > 0 && told.every(isLearnt);
  });
}

/** Returns the weights of each kernel, from the smallest to the largest. */
function kernelsOf(model: LayersModel, names: readonly string[]): Promise<Float32Array[]> {
  return Promise.all(
    layersWithWeights(model)
      .filter(({ layer }) => names.includes(layer))
      .flatMap(({ variables }) => variables.filter(({ shape }) => shape.length > 1))
      .map(async (kernel) => Float32Array.from(await read(kernel)).sort()),
  );
}

function isSame(some: Float32Array | undefined, others: Float32Array | undefined): boolean {
  return some?.every((weight, place) => weight === others?.[place]) ?? false;
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
