import { type Examples, gather } from "../../learning/subject/examples.ts";
import { sampleIndices } from "../../learning/subject/sample.ts";
import type { Subject } from "../../learning/subject/subject.ts";

/** The examples that a run is judged on, from which rungs choose theirs. */
export interface JudgedRows {
  readonly examples: Examples;
  /** The place in the training set of each row. */
  readonly places: readonly number[];
}

/** Gathers the rows of a subject's own evaluation, in the order of its predictions. */
export function judgedRows({ train, seed }: Subject): JudgedRows {
  const places = sampleIndices(train.count, seed);
  return { places, examples: places.length === train.count ? train : gather(train, places) };
}
