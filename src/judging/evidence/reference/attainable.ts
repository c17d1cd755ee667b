// How much of the targets can be told from the inputs at all. Noisy data leave every network an error, and a run that
// has reached what other learners reach on such data has learnt. The others are ridge regressions on the inputs and on
// random features of them, cross-validated, means of the targets beside the same tokens, and regressions on counts of tokens; targets that lie beside their
// inputs, such as a mask over a picture, are predicted place by place from the numbers around; names by their means. They need
// no training and no choice, so nothing of the subject's own recipe can mislead them.

import { countErrors, countLabelErrors } from "../../../foundation/numbers/classError.ts";
import { leastOf } from "../../../foundation/numbers/extremes.ts";
import { featureMaps } from "../../../foundation/numbers/randomFeatures.ts";
import { onceFor } from "../../../foundation/onceFor.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import {
  classesOf,
  inputParts,
  type Placed,
  type TargetPart,
  targetParts,
  withOutput,
} from "../../../learning/subject/parts.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import { countEvened, evenedClasses } from "../../outcome/evenedClasses.ts";
import { countsClasses } from "./countsClasses.ts";
import { type CountWrong, type Fold, type FoldErrors, foldErrors, takeEvenly } from "./crossValidation.ts";
import { patchErrors } from "./patches.ts";
import { ratingErrors } from "./ratings.ts";
import { withRowsBefore } from "./rowsBefore.ts";
import { errorsOfNames } from "./singleNames.ts";
import { isSurelyWeak } from "./surelyWeak.ts";
import { bagErrors } from "./tokenBags.ts";
import { areTokens, contextErrors } from "./tokenContexts.ts";
import { countVariables } from "./variables.ts";

/** What the data allow, of one output. */
export interface Attainable {
  /** Cross-validated squared error over Var(Y) of the best reference. */
  readonly lossOverVariance: number;
  /** Its wrong classes over those of the commonest class; null for numbers. */
  readonly errorOverPrior: number | null;
  /** How many answers an example asks for, and the share of them that the commonest class gets wrong; left out for numbers. */
  readonly answers?: { readonly each: number; readonly others: number };
  /** Share of its own variance that is left of the worst number of the output. @defaultValue as of all together */
  readonly ofWorstNumber?: number;
  /** Share of its own variance that is left of each number of the output. @defaultValue as of the worst */
  readonly ofNumbers?: readonly number[];
  /**
   * Whether the best reference has surely found something, and the neighbours of the examples tell no more: then it excuses
   * a run however little it has found. @defaultValue false
   */
  readonly isSurelyWeak?: boolean;
  /** Whether nothing could tell more than this reference: it excuses a run however little that is. @defaultValue false */
  readonly isAll?: boolean;
}

/** A reference that leaves more than this has learnt too little itself to excuse anybody, unless it is sure of it. */
export const MOST_EXCUSED = 0.75;

/** References on more variables, such as the pixels of pictures, say little of what can be learnt. */
const MOST_VARIABLES = 64;
const FEWEST_EXAMPLES = 40;
const MOST_EXAMPLES = 1000;
/** What is hardly to be told shows among more examples only. */
const MOST_OF_WEAK = 5000;
/** Targets of long sequences and of many words take too long to count. */
const MOST_NUMBERS = 2e6;

const measuredOf = onceFor((_train: Examples) => new Map<number, Attainable | null>());

/**
 * Measures what references reach on the training examples. Each output of a model has references of its own: one of them
 * may be noisy beside others that are not.
 *
 * @param output its place among the outputs. @defaultValue the first
 * @returns null where they say nothing: for fewer than 40 examples, or over 64 variables that
 * are neither tokens nor places beside their targets.
 */
export function measureAttainable({ train }: Pick<Subject, "train">, output = 0): Attainable | null {
  const ofOutputs = measuredOf(train);
  const known = ofOutputs.get(output);
  if (known !== undefined) return known;
  const part = targetParts(train)[output];
  const attainable = part === undefined ? null : measure(withOutput(train, part), part);
  ofOutputs.set(output, attainable);
  return attainable;
}

/**
 * What references leave of the targets that know other numbers of each example than its inputs: a share of the errors of the
 * commonest class, or of Var(Y).
 *
 * @param inputs one row of numbers for each example.
 * @returns null where references say nothing.
 */
export function leftByReferences(train: Examples, inputs: Float32Array): number | null {
  const { inputParts: _parts, ...rest } = train;
  const left = measureAttainable({ train: { ...rest, inputs, inputShape: [inputs.length / train.count] } });
  return left && (left.errorOverPrior ?? left.lossOverVariance);
}

/** @param train the examples with the targets of this output alone */
function measure(train: Examples, part: Placed<TargetPart>): Attainable | null {
  const columns = train.inputs.length / train.count;
  const ofNames =
    train.count < FEWEST_EXAMPLES ? null : errorsOfNames(train, countOf(part, train), labelsOf(train, part));
  if (ofNames !== null)
    return {
      ...ofNames,
      errorOverPrior: countsClasses(part) ? ofNames.errorOverPrior : null,
      isAll: true,
      ...answersOf(train, part),
    };
  const ofRows = train.count < FEWEST_EXAMPLES ? [] : rowErrors(train, part, columns);
  const first =
    ofRows.length > 0 ? [...ofRows, ...pastErrors(train, part, ofRows)] : patchErrors(train, part);
  if (first.length === 0) return null;
  const isWeak =
    mostTold(first, part) > MOST_EXCUSED && ofRows.length > 0 && countVariables(train) <= MOST_VARIABLES;
  const more = isWeak && train.count > MOST_EXAMPLES ? takeEvenly(train, columns, MOST_OF_WEAK) : null;
  const reached = more ? [...first, ...regressionErrors(more, countOf(part, train), columns, train)] : first;
  const left = leastOf(reached.map(({ lossOverVariance }) => lossOverVariance));
  return {
    lossOverVariance: left,
    ...(isWeak &&
      (!countsClasses(part) || isTable(train, part)) && {
        isSurelyWeak: isSurelyWeak(takeEvenly(train, columns, MOST_EXAMPLES), left, more?.rows),
      }),
    errorOverPrior: countsClasses(part) ? mostTold(reached, part) : null,
    ...ofNumbersIn(reached),
    ...answersOf(train, part),
  };
}

/** What the best reference leaves, of the errors where classes are counted. */
function mostTold(reached: readonly FoldErrors[], part: Placed<TargetPart>): number {
  const of = countsClasses(part) ? "errorOverPrior" : "lossOverVariance";
  return leastOf(reached.map((errors) => errors[of]));
}

/** What the best reference of each number leaves of it. */
function ofNumbersIn(reached: readonly FoldErrors[]): Pick<Attainable, "ofNumbers"> {
  const known = reached.flatMap(({ ofNumbers }) => (ofNumbers ? [ofNumbers] : []));
  const [first] = known;
  if (first === undefined || first.length < 2) return {};
  return {
    ofNumbers: first.map((_, number) => leastOf(known.map((losses) => losses[number] as number))),
  };
}

function answersOf(
  { targets, outputs, count }: Examples,
  part: Placed<TargetPart>,
): Pick<Attainable, "answers"> {
  const counted = countOf(part)?.(targets, targets, labelsOf({ outputs }, part));
  return counted
    ? { answers: { each: counted.all / count, others: counted.wrongOfCommonest / counted.all } }
    : {};
}

/** Whether the rows are columns of a table, of which regressions say what there is; the order of steps may tell more of classes. */
function isTable(train: Examples, part: Placed<TargetPart>): boolean {
  return inputParts(train).every(({ shape }) => shape.length === 1) && !areTokens(train, part);
}

function labelsOf({ outputs }: Pick<Examples, "outputs">, part: Placed<TargetPart>): number {
  return part.severalLabels ? outputs : classesOf(part);
}

/** What the inputs of a row leave of its target at least, and what those of the rows before leave at most, if they tell it. */
const LEFT_ALONE = 0.3;
const LEFT_BY_PAST = 0.1;

/**
 * Measures what the past leaves of sequences of one step.
 *
 * @returns none where the rows before do not tell what the own one leaves open: they also tell a little of slow targets.
 */
function pastErrors(
  train: Examples,
  part: Placed<TargetPart>,
  alone: readonly FoldErrors[],
): readonly FoldErrors[] {
  const past = leastLeft(alone) < LEFT_ALONE ? null : withRowsBefore(train);
  if (past === null || past.count < FEWEST_EXAMPLES) return [];
  const errors = rowErrors(past, part, past.inputs.length / past.count);
  return leastLeft(errors) <= LEFT_BY_PAST ? errors : [];
}

function leastLeft(errors: readonly FoldErrors[]): number {
  return leastOf(errors.map(({ lossOverVariance }) => lossOverVariance));
}

/**
 * Finds sequences of one step whose targets the rows before tell.
 *
 * @returns the share of Var(Y) that the own row leaves, and the past; null where there are none.
 */
export function findUnseenPast(train: Examples): { readonly alone: number; readonly past: number } | null {
  const [part, ...others] = targetParts(train);
  if (!part || others.length > 0 || part.severalLabels || train.count < FEWEST_EXAMPLES) return null;
  const alone = rowErrors(train, part, train.inputs.length / train.count);
  const past = pastErrors(train, part, alone);
  return past.length === 0 ? null : { alone: leastLeft(alone), past: leastLeft(past) };
}

function rowErrors(train: Examples, part: Placed<TargetPart>, columns: number): readonly FoldErrors[] {
  const fold = takeEvenly(train, columns, MOST_EXAMPLES);
  return [
    ...regressionErrors(fold, countOf(part, train), columns, train),
    ...tokenErrors(fold, part, train),
    ...ratingErrors(train, countOf(part, train)),
  ];
}

function regressionErrors(
  fold: Fold,
  count: CountWrong | null,
  columns: number,
  train: Examples,
): readonly FoldErrors[] {
  if (fold.outputs > MOST_VARIABLES || countVariables(train) > MOST_VARIABLES) return [];
  return featureMaps(fold.inputs, fold.rows, columns).flatMap((features) =>
    foldErrors(features, fold, count),
  );
}

/** Counts wrong classes, by the weights of the examples where those even the classes out. */
function countOf(part: Placed<TargetPart>, train?: Examples): CountWrong | null {
  if (!countsClasses(part)) return null;
  if (part.severalLabels) return countLabelErrors;
  const weights = train && evenedClasses(train).get(part.name);
  return weights === undefined ? countErrors : (...tables) => countEvened(...tables, weights);
}

function tokenErrors(fold: Fold, part: Placed<TargetPart>, train: Examples): readonly FoldErrors[] {
  if (part.severalLabels || fold.targets.length > MOST_NUMBERS || !areTokens(train, part)) return [];
  const contexts = contextErrors(fold, part);
  return part.shape.length === 1 ? [...contexts, ...bagErrors(train, countOf(part, train))] : contexts;
}
