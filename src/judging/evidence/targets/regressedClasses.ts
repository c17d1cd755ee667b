// Class numbers may be regressed as if they were quantities, by a single output and a squared error. Where the numbers name
// classes, number 4 is no nearer to 5 than to 9, and the network has to pass through all numbers between two classes. Ratings,
// counts and ages are whole numbers as well, and to regress them is sound: the program's own words and the neighbours of the
// examples tell the one from the other.

import { onceFor } from "../../../foundation/onceFor.ts";
import { lossOfOutput } from "../../../learning/loss/criterion.ts";
import { type Examples, gather } from "../../../learning/subject/examples.ts";
import { targetParts } from "../../../learning/subject/parts.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import type { OutputEvaluation } from "../../../learning/training/evaluation.ts";
import { FEW_ERRORS } from "../../outcome/learntClasses.ts";
import { nearestRows } from "../data/neighbourhoods.ts";

/** Numbers of classes that a loss for quantities regresses. */
export interface RegressedClasses {
  /** The class numbers, in order. */
  readonly classes: readonly number[];
  /** The words by which the program takes them for classes, a clause. */
  readonly because: string;
  /** The share of examples whose class most of their nearest neighbours have. */
  readonly toldByNeighbours: number;
}

/** A loss for quantities. */
const OF_QUANTITIES = /^(mse|mae|msle|mse\+msle|huber|logcosh|mean\w+Error)$/;
/** Two or three classes may stand in an order by chance. */
const FEWEST_CLASSES = 4;
const MOST_CLASSES = 100;
const FEWEST_ROWS = 200;
const MOST_ROWS = 1000;
/** Finding the neighbours takes about this many differences, half a second. */
const MOST_DIFFERENCES = 2e8;
const NEIGHBOURS = 9;
const OF_OTHERS = 5;
/**
 * Neighbours have to know the class of so many more than chance does, of those that chance does not know. Of ten sets of blobs
 * and five of `make_classification` all knew at least 0.5.
 */
const KNOWN = 0.4;
/**
 * The numbers of an example and of its nearest neighbours of other classes differ by this share of what those of random pairs
 * do, at least. In those sets they had 0.86 to 1.28; ratings and counts had 0.64 to 0.83, where neighbours knew as much.
 */
const AS_BY_CHANCE = 0.85;

/** Tells whether the only output of a subject regresses the numbers of classes; null where it does not, or nobody knows. */
export function findRegressedClasses(subject: Subject): RegressedClasses | null {
  const { train, loss: losses, classesBecause } = subject;
  const [part, ...others] = targetParts(train);
  if (classesBecause === undefined || !part || others.length > 0 || part.classification) return null;
  const loss = lossOfOutput(losses, 0);
  if (typeof loss === "function" || !OF_QUANTITIES.test(loss.name) || train.outputs !== 1) return null;
  const found = namesOf(train);
  return found && { ...found, because: classesBecause };
}

/** The share of examples that the rounded predictions of a run give another class than they have. */
export function shareRoundedWrong(
  { predictions, targets }: Pick<OutputEvaluation, "predictions" | "targets">,
  { classes }: Pick<RegressedClasses, "classes">,
): number {
  let wrong = 0;
  predictions.forEach((prediction, row) => {
    const nearest = classes.reduce((best, one) =>
      Math.abs(one - prediction) < Math.abs(best - prediction) ? one : best,
    );
    if (nearest !== targets[row]) wrong++;
  });
  return wrong / predictions.length;
}

/** The rounded predictions are wrong for so many times as many examples as their neighbours are. */
const CLEARLY_MORE = 1.5;

/**
 * Says that rounded predictions miss classes that the neighbours of the examples tell; null where a run answers well enough,
 * or its targets are no numbers of classes.
 */
export function missesRegressedClasses(
  subject: Subject,
  { outputs }: { readonly outputs: readonly OutputEvaluation[] },
): string | null {
  const found = findRegressedClasses(subject);
  const [output] = outputs;
  if (found === null || !output) return null;
  const wrong = shareRoundedWrong(output, found);
  if (wrong <= FEW_ERRORS || wrong < CLEARLY_MORE * (1 - found.toldByNeighbours)) return null;
  const share = (of: number) => `${Math.round(100 * of)} %`;
  return `its targets are the numbers of ${found.classes.length} classes (${found.because}), which it takes for quantities; classes that lie side by side have numbers as far apart as any others, the nearest neighbours tell the class of ${share(found.toldByNeighbours)} of the examples, and the rounded predictions that of ${share(1 - wrong)}`;
}

/** Whole numbers that name classes; null where they do not, or nobody knows. */
const namesOf = onceFor((train: Examples): Omit<RegressedClasses, "because"> | null => {
  const classes = [...new Set(train.targets)].sort((one, other) => one - other);
  const areFew = classes.length >= FEWEST_CLASSES && classes.length <= MOST_CLASSES;
  if (!areFew || !classes.every(Number.isInteger)) return null;
  const columns = train.inputs.length / train.count;
  const rows = Math.min(train.count, MOST_ROWS, Math.floor(Math.sqrt(MOST_DIFFERENCES / columns)));
  if (rows < FEWEST_ROWS) return null;
  const some = gather(
    train,
    Array.from({ length: rows }, (_, row) => Math.floor((row * train.count) / rows)),
  );
  const told = readNeighbours(some);
  return told.known >= KNOWN && told.apart >= AS_BY_CHANCE ? { classes, toldByNeighbours: told.told } : null;
});

/** What the numbers of nearest neighbours tell. */
interface Told {
  /** The share of rows whose class most of their neighbours have. */
  readonly told: number;
  /** How many more neighbours are of the same class than random pairs, over those that random pairs are not. */
  readonly known: number;
  /** How far the numbers of the nearest neighbours of other classes differ, over what those of random pairs do. */
  readonly apart: number;
}

function readNeighbours(examples: Examples): Told {
  const { targets: numbers } = examples;
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  const all = numbers.length;
  let [told, same, pairs, apart, apartByChance, sameByChance] = [0, 0, 0, 0, 0, 0];
  const byChance = new Map([...counts.keys()].map((number) => [number, meanDistance(number, counts)]));
  nearestRows(examples, NEIGHBOURS).forEach((neighbours, row) => {
    const own = numbers[row] as number;
    if (mostCommon(neighbours.map((other) => numbers[other] as number)) === own) told++;
    sameByChance += ((counts.get(own) as number) - 1) / (all - 1);
    for (const other of neighbours) {
      pairs++;
      if (numbers[other] === own) same++;
    }
  });
  nearestRows(examples, OF_OTHERS, (other, row) => numbers[other] !== numbers[row]).forEach((others, row) => {
    const own = numbers[row] as number;
    for (const other of others) {
      apart += Math.abs((numbers[other] as number) - own);
      apartByChance += byChance.get(own) as number;
    }
  });
  const chance = sameByChance / all;
  return {
    told: told / all,
    known: (same / pairs - chance) / (1 - chance),
    apart: apart / apartByChance,
  };
}

/** The mean distance of a class number to those of all examples of other classes. */
function meanDistance(number: number, counts: ReadonlyMap<number, number>): number {
  let [sum, others] = [0, 0];
  for (const [other, count] of counts) {
    if (other === number) continue;
    sum += count * Math.abs(other - number);
    others += count;
  }
  return sum / others;
}

function mostCommon(values: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1])[0]?.[0];
}
