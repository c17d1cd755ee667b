// A decoder is trained on the answers that came before. If nobody shifts them by a step, each position is shown its own
// answer, and the network learns to copy it: it is right in training, and has nothing to copy from afterwards.

import { classesOfRows } from "../../../foundation/numbers/classError.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import {
  columnsOf,
  inputParts,
  type Part,
  type Placed,
  targetParts,
} from "../../../learning/subject/parts.ts";

/** A decoder that is shown this share of its answers at their own positions has nothing left to predict. */
const NEARLY_ALL = 0.99;
/** Fewer rows or steps may be the same by chance. */
const FEWEST_ROWS = 8;
const FEWEST_STEPS = 3;

/** An input that shows each position its answer. */
export interface ShownAnswers {
  /** Its place among the inputs of the model, from 0. */
  readonly place: number;
  readonly name: string;
}

/**
 * Finds the input that holds the class of each position at that position, as a token or one-hot, beside another sequence
 * that the classes are to be told from. An input by itself may rightly be its own target, as in an autoencoder.
 *
 * @returns its place among the inputs and its name; null where there is none.
 */
export function findShownAnswers(examples: Examples): ShownAnswers | null {
  const parts = inputParts(examples);
  const targets = targetParts(examples);
  const [target, ...others] = targets;
  if (!target?.classification || others.length > 0 || parts.length < 2 || examples.count < FEWEST_ROWS)
    return null;
  const [steps = 0, classes = 0] = target.shape;
  if (target.shape.length !== 2 || steps < FEWEST_STEPS || classes < 2) return null;
  const wanted = Float32Array.from(
    classesOfRows(columnsOf(examples.targets, examples.outputs, target), classes),
  );
  if (new Set(wanted).size < 2) return null;
  const size = examples.inputs.length / examples.count;
  const tokensOf = (part: Placed<Part>): Float32Array | null => {
    const values = columnsOf(examples.inputs, size, part);
    if (part.shape.length === 1 && part.shape[0] === steps) return values;
    const isOneHot = part.shape.length === 2 && part.shape[0] === steps && part.shape[1] === classes;
    return isOneHot ? Float32Array.from(classesOfRows(values, classes)) : null;
  };
  const isShown = (part: Placed<Part>) => {
    const tokens = tokensOf(part);
    if (tokens === null) return false;
    return tokens.filter((token, at) => token === wanted[at]).length >= NEARLY_ALL * wanted.length;
  };
  const place = parts.findIndex(isShown);
  const shown = parts[place];
  const tells = parts.some((part) => part !== shown && (part.shape[0] ?? 0) >= FEWEST_STEPS);
  return shown !== undefined && tells ? { place, name: shown.name } : null;
}
