// A value such as 0, -1 or 999 may stand in the targets for what was not measured. The loss takes it for a measurement, and no
// input tells where it stands, so that it pulls every prediction towards itself.

import { tensor, tidy } from "@tensorflow/tfjs-core";
import { columnOf } from "../../../foundation/numbers/statistics.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { gather } from "../../../learning/subject/examples.ts";
import { readAndDispose } from "../../../learning/training/read.ts";
import { leftByReferences } from "../reference/attainable.ts";
import { spreadOf } from "../spread.ts";
import type { Output } from "./outputs.ts";

/** A value in the place of targets that are not known. */
export interface StandIn {
  readonly value: number;
  /** Its place among the targets of an example. */
  readonly place: number;
  /** Share of the targets that it is. */
  readonly share: number;
  /** The bounds of the other targets. */
  readonly least: number;
  readonly most: number;
  /** What references leave of where it stands, and of the other targets, as shares of their variances. */
  readonly leftOfPlaces: number;
  readonly leftOfOthers: number;
}

const LEAST_SHARE = 0.05;
const MOST_SHARE = 0.9;
const MOST_OUTPUTS = 8;
/** Fewer other targets say little of what they have in common. */
const FEWEST_OTHERS = 100;
/** It stands so many standard deviations of the others beyond them: amounts that are often 0 go down to 0. */
const APART = 1;
/** No other value is as common: numbers that are counts or grades have several. */
const RARE = 0.02;
/** What is told of its places shows that they mean something, as where nobody rents a bicycle at night. */
const NOT_TOLD = 0.95;
const TOLD = 0.75;

/** Finds the values among the targets of an output that stand for those that are missing, one for a target at most. */
export async function findStandIns(output: Output): Promise<readonly StandIn[]> {
  const { part, train } = output;
  if (part.classification || part.arePlaceholders || train.weights || train.outputs > MOST_OUTPUTS) return [];
  if (part.shape.length > 1) return [];
  const found: StandIn[] = [];
  for (let column = 0; column < train.outputs; column++) {
    const targets = columnOf(train.targets, train.outputs, column);
    const one = standInOf(train, targets);
    if (one === null) continue;
    if (await isLeftOut(output, one.value)) return [];
    found.push({ ...one, place: part.offset + column });
  }
  return found;
}

function standInOf(train: Examples, targets: Float32Array): Omit<StandIn, "place"> | null {
  const counts = new Map<number, number>();
  for (const target of targets) counts.set(target, (counts.get(target) ?? 0) + 1);
  const [first, second] = [...counts].sort((a, b) => b[1] - a[1]);
  if (!first || !second) return null;
  const [value, count] = first;
  const share = count / targets.length;
  if (share < LEAST_SHARE || share > MOST_SHARE || second[1] > RARE * targets.length) return null;
  const rows = Array.from(targets.keys()).filter((row) => targets[row] !== value);
  const others = Float32Array.from(rows, (row) => targets[row] as number);
  if (others.length < FEWEST_OTHERS) return null;
  const { least, most, deviation } = spreadOf(others);
  if (Math.max(least - value, value - most) < APART * deviation) return null;
  const leftOfPlaces = leftOf(
    train,
    targets.map((target) => Number(target === value)),
  );
  const leftOfOthers = leftOf(gather(train, rows), others);
  if (leftOfPlaces === null || leftOfPlaces < NOT_TOLD) return null;
  if (leftOfOthers === null || leftOfOthers > TOLD) return null;
  return { value, share, least, most, leftOfPlaces, leftOfOthers };
}

/** What references leave of other targets in the place of the examples' own. */
function leftOf(examples: Examples, targets: Float32Array): number | null {
  const { targetParts: _parts, ownTargets: _own, weights: _weights, ...rest } = examples;
  return leftByReferences({ ...rest, targets, outputs: 1, classification: false }, examples.inputs);
}

/** Whether a loss of the user's own leaves the value out: then it is the same for all predictions there. */
async function isLeftOut({ loss, part }: Output, value: number): Promise<boolean> {
  if (typeof loss !== "function") return false;
  const lossAt = (prediction: number) => {
    const filled = (number: number) => new Float32Array(4 * part.size).fill(number);
    const shape = [4, ...part.shape];
    return readAndDispose(tidy(() => loss(tensor(filled(value), shape), tensor(filled(prediction), shape))));
  };
  const [[near], [far]] = (await Promise.all([value + 0.3, value + 2.7].map(lossAt))) as [
    Float32Array,
    Float32Array,
  ];
  return near === far;
}
