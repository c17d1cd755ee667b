// A loss of a project's own may ask for predictions that rise and fall with the targets, whatever their scale and level: a
// correlation does. A right run may then end anywhere on a line, so its error is what the best rising line leaves.

import { type Scalar, tensor, tidy } from "@tensorflow/tfjs-core";
import { average, columnVariances } from "../../foundation/numbers/statistics.ts";
import type { Loss } from "../loss/loss.ts";
import type { Examples } from "../subject/examples.ts";
import type { TargetPart } from "../subject/parts.ts";
import { sampleExamples } from "../subject/sample.ts";
import { readAndDispose } from "../training/read.ts";
import type { ErrorMeasure } from "./errorMeasure.ts";

/** The name by which results show what a loss without a scale is judged by. */
export const ERROR_OFF_LINE = "squared error off the best line";

const MOST_ROWS = 64;
const FEWEST_ROWS = 8;
/** Share of another target in the predictions that are changed: at its least a loss may be flat. */
const MIXED = 0.3;
/** A change that alters the loss by less than this share of what the mixture costs is not seen. */
const UNSEEN = 2e-3;

/** Whether an output is judged up to a line, since its loss sees neither the scale nor the level of its predictions. */
export function isJudgedOffLine({ measure }: Pick<TargetPart, "measure">): boolean {
  return measure?.name === ERROR_OFF_LINE;
}

/** Whether targets are single numbers that a correlation may compare. */
function mayBeCorrelated({ outputs, classification, count }: Examples): boolean {
  return outputs === 1 && !classification && count >= FEWEST_ROWS;
}

/**
 * Finds the error measure of a loss that sees neither the scale nor the level of the predictions.
 *
 * @returns null unless the loss is the same for every rising line of the predictions, and rises as they go from the targets
 * towards those of other examples and on to targets with the other sign.
 */
export async function findLineMeasure(
  loss: Loss,
  train: Examples,
  seed: number,
): Promise<ErrorMeasure | null> {
  if (!mayBeCorrelated(train)) return null;
  const judged = sampleExamples(train, seed);
  try {
    return (await asksForLine(loss, judged.targets.slice(0, MOST_ROWS))) ? measureOf(judged.targets) : null;
  } catch {
    // A loss that throws is reported where it trains.
    return null;
  }
}

async function asksForLine(loss: Loss, targets: Float32Array): Promise<boolean> {
  const spread = Math.sqrt(columnVariances(targets, 1)[0] as number);
  if (spread === 0) return false;
  const lossOf = async (predictions: Float32Array) => {
    const column = (values: Float32Array) => tensor(values, [values.length, 1]);
    const value = tidy(() => loss(column(targets), column(predictions)) as Scalar);
    return (await readAndDispose(value))[0] as number;
  };
  const away = Math.floor(targets.length / 2);
  const other = targets.map((_, row) => targets[(row + away) % targets.length] as number);
  const mixed = targets.map((value, row) => (1 - MIXED) * value + MIXED * (other[row] as number));
  const [atTargets, atMixed] = [await lossOf(targets), await lossOf(mixed)];
  const [atOther, atOpposite] = [await lossOf(other), await lossOf(targets.map((value) => -value))];
  if (!(atTargets < atMixed && atMixed < atOther && atMixed < atOpposite)) return false;
  for (const [factor, shift] of LINES) {
    const changed = await lossOf(mixed.map((value) => factor * value + shift * spread));
    if (!(Math.abs(changed - atMixed) <= UNSEEN * (atMixed - atTargets))) return false;
  }
  return true;
}

/** A factor, and a shift in standard deviations of the targets. */
const LINES: readonly (readonly [factor: number, shift: number])[] = [
  [2, 0],
  [0.5, 0],
  [1, 1],
  [1, -2],
];

function measureOf(judged: Float32Array): ErrorMeasure {
  const [variance = 0] = columnVariances(judged, 1);
  return {
    name: ERROR_OFF_LINE,
    errorsOf: async (targets, predictions) => errorsOffLine(targets, predictions),
    best: async () => ({ row: Float32Array.of(average([...judged])), error: variance, degree: 2 }),
  };
}

/** The squared distance of each target from the rising line of the predictions that fits all of them best. */
function errorsOffLine(targets: Float32Array, predictions: Float32Array): Float32Array {
  const [middle, centre] = [average([...targets]), average([...predictions])];
  let [together, own] = [0, 0];
  for (const [row, prediction] of predictions.entries()) {
    together += (prediction - centre) * ((targets[row] as number) - middle);
    own += (prediction - centre) ** 2;
  }
  const slope = own === 0 ? 0 : Math.max(0, together / own);
  return targets.map(
    (target, row) => (target - middle - slope * ((predictions[row] as number) - centre)) ** 2,
  );
}
