// References for sequences of tokens, whose numbers are names: ridge regressions on names say nothing. Here the targets are
// the means of what other examples have in the same context, which is the token itself and a few beside it.

import { countErrors } from "../../../foundation/numbers/classError.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { classesOf, inputParts, type Placed, type TargetPart } from "../../../learning/subject/parts.ts";
import { countsClasses } from "./countsClasses.ts";
import { errorsOf, type Fold, type FoldErrors } from "./crossValidation.ts";

/** More different tokens than these have too few examples each. */
const MOST_TOKENS = 1000;
const FOLDS = 5;
/** A context counts as much as this many examples that were not seen. */
const UNSURE = 0.5;
/** Places of the tokens of a context, counted from the place of the target: the past, which every network sees. */
const PAST: readonly (readonly number[])[] = [[0], [-1, 0], [-2, -1, 0], [-3, -2, -1, 0]];
/** Contexts with what comes next, which a network in both directions sees. */
const AROUND: readonly (readonly number[])[] = [
  [0, 1],
  [-1, 0, 1],
];
/** Targets that the next token tells up to this share of the errors are that token itself, which a network has to guess. */
const SAME = 0.02;

/** A sequence of tokens for each row, and where the tokens of each target are. */
interface Tokens {
  readonly fold: Fold;
  readonly part: Placed<TargetPart>;
  /** Tokens of a row. */
  readonly length: number;
  /** Targets of a row, which is 1 where a row has one for all of its tokens. */
  readonly places: number;
}

/**
 * Says whether the inputs are tokens and the targets stand beside them: one for each token, or one for the row, which then
 * follows the last token.
 */
export function areTokens(examples: Examples, part: Placed<TargetPart>): boolean {
  const [input, ...others] = inputParts(examples);
  if (!input || others.length > 0 || input.shape.length !== 1) return false;
  const [length = 0] = input.shape;
  const isBesides = part.shape.length === 1 || (part.shape.length === 2 && part.shape[0] === length);
  if (length < 2 || !isBesides) return false;
  const different = new Set(examples.inputs);
  return (
    different.size <= MOST_TOKENS && [...different].every((token) => Number.isInteger(token) && token >= 0)
  );
}

/** Predicts each fifth of the rows, which are neighbours, from the contexts of the others, and returns the errors of each kind of context. */
export function contextErrors(fold: Fold, part: Placed<TargetPart>): readonly FoldErrors[] {
  const length = fold.inputs.length / fold.rows;
  const tokens: Tokens = { fold, part, length, places: part.shape.length === 1 ? 1 : length };
  const past = PAST.map((offsets) => errorsBehind(tokens, offsets));
  if (tokens.places === 1 || isNextToken(errorsBehind(tokens, [1]), length)) return past;
  return [...past, ...AROUND.map((offsets) => errorsBehind(tokens, offsets))];
}

/** The last token of a row has none behind it, so that one target in each row is not told. */
function isNextToken({ lossOverVariance }: FoldErrors, length: number): boolean {
  return lossOverVariance <= SAME + 1 / length;
}

function errorsBehind(tokens: Tokens, offsets: readonly number[]): FoldErrors {
  const { fold, part } = tokens;
  const count = countsClasses(part) ? countErrors : null;
  return errorsOf(predict(tokens, offsets), fold, count, classesOf(part));
}

/** Sums of the targets that were seen in a context. */
interface Seen {
  readonly sums: Float64Array;
  count: number;
}

/** The context that is every context. */
const ANY = "";

function predict(tokens: Tokens, offsets: readonly number[]): Float64Array {
  const { fold } = tokens;
  const predictions = new Float64Array(fold.targets.length);
  const rows = Array.from({ length: fold.rows }, (_, row) => row);
  // Windows of one text lie over their neighbours, so that rows are left out in blocks.
  const blockOf = (row: number) => Math.floor((row * FOLDS) / fold.rows);
  for (let left = 0; left < FOLDS; left++) {
    const known = rows.filter((row) => blockOf(row) !== left);
    const contexts = countContexts(tokens, offsets, known);
    for (const row of rows)
      if (blockOf(row) === left) predictRow(tokens, offsets, contexts, row, predictions);
  }
  return predictions;
}

function countContexts(
  tokens: Tokens,
  offsets: readonly number[],
  rows: readonly number[],
): ReadonlyMap<string, Seen> {
  const { fold, places } = tokens;
  const width = fold.outputs / places;
  const contexts = new Map<string, Seen>();
  for (const row of rows)
    for (let place = 0; place < places; place++)
      for (const key of [ANY, keyOf(tokens, row, place, offsets)]) {
        const seen = contexts.get(key) ?? { sums: new Float64Array(width), count: 0 };
        contexts.set(key, seen);
        addTarget(seen, fold.targets, row * fold.outputs + place * width);
      }
  return contexts;
}

function predictRow(
  tokens: Tokens,
  offsets: readonly number[],
  contexts: ReadonlyMap<string, Seen>,
  row: number,
  predictions: Float64Array,
): void {
  const { fold, places } = tokens;
  const width = fold.outputs / places;
  const any = contexts.get(ANY) as Seen;
  for (let place = 0; place < places; place++) {
    const seen = contexts.get(keyOf(tokens, row, place, offsets));
    const start = row * fold.outputs + place * width;
    for (let column = 0; column < width; column++) {
      const mean = (any.sums[column] as number) / any.count;
      predictions[start + column] =
        ((seen?.sums[column] ?? 0) + UNSURE * mean) / ((seen?.count ?? 0) + UNSURE);
    }
  }
}

function addTarget(seen: Seen, targets: Float64Array, start: number): void {
  seen.count++;
  for (let column = 0; column < seen.sums.length; column++)
    seen.sums[column] = (seen.sums[column] as number) + (targets[start + column] as number);
}

/** Names the tokens beside a target; a place outside the row has no token. */
function keyOf(
  { fold, length, places }: Tokens,
  row: number,
  place: number,
  offsets: readonly number[],
): string {
  const at = places === 1 ? length - 1 : place;
  return offsets
    .map((offset) => {
      const token = at + offset;
      return token < 0 || token >= length ? "none" : fold.inputs[row * length + token];
    })
    .join();
}
