// Rows that a script asks about may have been prepared otherwise than those of training. This file undoes the usual ways.

import { largestOf, leastOf } from "../../../foundation/numbers/extremes.ts";
import { PREPARATIONS, type Preparation } from "../../config/preparations.ts";
import type { Examples } from "../examples.ts";
import { inputColumns, matchScales, numberColumns } from "../matchScales.ts";
import { mirror } from "./mirror.ts";
import { exchangeInputs, putBack } from "./places.ts";
import type { Prepared, QuestionFacts } from "./question.ts";
import { recode, renumber } from "./recode.ts";
import { areSigned, toSigned } from "./signed.ts";

/** What the capture knows of how the rows of a question were encoded. */
type Encoded = Pick<QuestionFacts, "recoded" | "renumbered" | "movedColumns">;

/** Prepares rows in a way. @returns null where it does not apply, such as exchanged axes of a table. */
export function prepare(
  asked: Examples,
  train: Examples,
  how: Preparation,
  { recoded = [], renumbered = null, movedColumns = null }: Encoded = {},
): Examples | null {
  const inputs = (values: Float32Array | null) => values && { ...asked, inputs: values };
  switch (how) {
    case "over255":
      return inputs(asked.inputs.map((value) => value / 255));
    case "times255":
      return inputs(asked.inputs.map((value) => value * 255));
    case "signed":
      return inputs(toSigned(asked.inputs));
    case "scale":
      return inputs(withScale(asked.inputs, train));
    case "mirror":
      return inputs(mirror(asked, train));
    case "targets":
      return withScaleOfTargets(asked, train);
    case "axes":
      return inputs(exchangeAxes(asked));
    case "channels":
      return inputs(reverseChannels(asked));
    case "channelsAndScale": {
      const reversed = reverseChannels(asked);
      return inputs(reversed && withScale(reversed, train));
    }
    case "padding":
      return inputs(movePadding(asked));
    case "codes":
      return inputs(recode(asked, recoded));
    case "words":
      return inputs(renumber(asked, renumbered));
    case "columns":
      return inputs(putBack(asked, movedColumns));
    case "inputs":
      return inputs(exchangeInputs(asked, train));
  }
}

/** Lists the rows as each of the ways that apply would prepare them. */
export function preparedOtherwise(
  asked: Examples,
  train: Examples,
  encoded: Encoded = {},
): readonly Prepared[] {
  return PREPARATIONS.filter((how) => mayApply(how, asked.inputs, train.inputs)).flatMap((how) => {
    const examples = prepare(asked, train, how, encoded);
    return examples === null ? [] : [{ how, examples }];
  });
}

/** Beyond this factor pixels are on another scale; the factor itself is 255. */
const ANOTHER_SCALE = 10;

/** Codes, such as the numbers of words, are whole in both sets, and have no scale. */
function mayApply(how: Preparation, asked: Float32Array, train: Float32Array): boolean {
  if (how === "over255") return largest(asked) > ANOTHER_SCALE * largest(train);
  if (how === "times255") return largest(train) > ANOTHER_SCALE * largest(asked);
  if (how === "signed") return leastOf(asked) >= 0 && areSigned(leastOf(train), largestOf(train));
  return how !== "scale" || !(asked.every(Number.isInteger) && train.every(Number.isInteger));
}

function largest(values: Float32Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}

function withScaleOfTargets(asked: Examples, train: Examples): Examples | null {
  const numbers = numberColumns(train);
  if (numbers.length === 0 || asked.ownTargets) return null;
  return { ...asked, targets: matchScales(asked.targets, train.targets, train.outputs, numbers) };
}

function withScale(inputs: Float32Array, train: Examples): Float32Array {
  return matchScales(inputs, train.inputs, train.inputs.length / train.count, inputColumns(train));
}

/** Exchanges rows and columns of square pictures. */
function exchangeAxes({ inputs, inputShape, inputParts }: Examples): Float32Array | null {
  const [side = 0, other, channels = 1] = inputShape;
  if (inputParts || inputShape.length < 2 || inputShape.length > 3 || side !== other) return null;
  const size = side * side * channels;
  return inputs.map((_, at) => {
    const [picture, place] = [at - (at % size), at % size];
    const pixel = Math.floor(place / channels);
    const turned = (pixel % side) * side + Math.floor(pixel / side);
    return inputs[picture + turned * channels + (place % channels)] as number;
  });
}

/** Reverses the three colours of pictures. */
function reverseChannels({ inputs, inputShape, inputParts }: Examples): Float32Array | null {
  if (inputParts || inputShape.length !== 3 || inputShape[2] !== 3) return null;
  return inputs.map((_, at) => inputs[at - (at % 3) + 2 - (at % 3)] as number);
}

/** Moves the zeros at one end of each row of whole numbers to the other end. */
function movePadding({ inputs, inputShape, inputParts, count }: Examples): Float32Array | null {
  const [length = 0] = inputShape;
  if (inputParts || inputShape.length !== 1 || !inputs.every(Number.isInteger)) return null;
  const moved = new Float32Array(inputs.length);
  let isPadded = false;
  for (let row = 0; row < count; row++) {
    const own = inputs.subarray(row * length, (row + 1) * length);
    const first = own.findIndex((value) => value !== 0);
    const last = own.findLastIndex((value) => value !== 0);
    if (first < 0) continue;
    const kept = own.subarray(first, last + 1);
    isPadded ||= kept.length < length;
    moved.set(kept, row * length + (first === 0 ? length - kept.length : 0));
  }
  return isPadded ? moved : null;
}
