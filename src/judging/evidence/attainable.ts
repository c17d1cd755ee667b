// How much of the targets can be told from the inputs at all. Noisy data leave every network an error, and a run that
// has reached what other learners reach on such data has learnt. The others are ridge regressions on the inputs and on
// random features of them, cross-validated: they need no training and no choice, so nothing of the subject's own recipe
// can mislead them.

import type { Examples } from "../../learning/subject/examples.ts";
import { targetParts } from "../../learning/subject/parts.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import { type Fold, type FoldErrors, foldErrors } from "./crossValidation.ts";
import { featureMaps } from "./randomFeatures.ts";

/** What the data allow, of one output. */
export interface Attainable {
  /** Cross-validated squared error over Var(Y) of the best reference. */
  readonly lossOverVariance: number;
  /** Its wrong classes over those of the commonest class; null for numbers. */
  readonly errorOverPrior: number | null;
}

/** References on more columns, such as pictures, say little of what can be learnt. */
const MOST_COLUMNS = 64;
const FEWEST_EXAMPLES = 40;
const MOST_EXAMPLES = 1000;

const measured = new WeakMap<Examples, Attainable | null>();

/**
 * Measures what references reach on the training examples.
 *
 * @returns null where they say nothing: for several outputs, over 64 columns, or fewer than 40 examples.
 */
export function measureAttainable({ train }: Pick<Subject, "train">): Attainable | null {
  const known = measured.get(train);
  if (known !== undefined) return known;
  const attainable = measure(train);
  measured.set(train, attainable);
  return attainable;
}

function measure(train: Examples): Attainable | null {
  const [part, ...others] = targetParts(train);
  const columns = train.inputs.length / train.count;
  if (!part || others.length > 0 || part.severalLabels || columns > MOST_COLUMNS) return null;
  if (train.count < FEWEST_EXAMPLES || train.outputs > MOST_COLUMNS) return null;
  const fold: Fold = takeEvenly(train, columns);
  const reached = featureMaps(fold.inputs, fold.rows, columns).flatMap((features) =>
    foldErrors(features, fold, part.classification),
  );
  const least = (of: (errors: FoldErrors) => number) => Math.min(...reached.map(of));
  return {
    lossOverVariance: least(({ lossOverVariance }) => lossOverVariance),
    errorOverPrior: part.classification ? least(({ errorOverPrior }) => errorOverPrior) : null,
  };
}

/** Takes at most {@link MOST_EXAMPLES} examples, evenly spaced. */
function takeEvenly({ inputs, targets, outputs, count }: Examples, columns: number): Fold {
  const rows = Math.min(count, MOST_EXAMPLES);
  const rowAt = (row: number) => Math.floor((row * count) / rows);
  const pick = (table: Float32Array, width: number) =>
    Float64Array.from(
      { length: rows * width },
      (_, at) => table[rowAt(Math.floor(at / width)) * width + (at % width)] as number,
    );
  return { rows, inputs: pick(inputs, columns), targets: pick(targets, outputs), outputs };
}
