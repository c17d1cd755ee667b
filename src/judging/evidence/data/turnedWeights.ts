// Weights of examples that make up for rare classes count a rare class more. Turned round, they count the commonest one
// more, and training hears next to nothing of the others. Weights of 0, or far too large ones, silence a class as well.

import { classesOfRows } from "../../../foundation/numbers/classError.ts";
import { largestOf, leastOf } from "../../../foundation/numbers/extremes.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import {
  classesOf,
  type Placed,
  type TargetPart,
  targetParts,
  withOutput,
} from "../../../learning/subject/parts.ts";

/** A class, with how many examples it has and what each of them counts on average. */
export interface WeightedClass {
  readonly number: number;
  readonly count: number;
  readonly weight: number;
}

/** Weights that work against a class. */
export interface TurnedWeights {
  readonly output: Placed<TargetPart>;
  /**
   * `turned` where the commonest class counts the most and the rarest the least; `unheard` where the weights leave next
   * to nothing of a class, however common it is.
   */
  readonly fault: "turned" | "unheard";
  /** The class that counts the most. */
  readonly loudest: WeightedClass;
  /** The class that counts the least. */
  readonly quietest: WeightedClass;
  /** The quietest class's part of all weights, from 0 to 1. */
  readonly share: number;
}

/** Classes that are about as common as each other have no commonest one. */
const COMMONER = 1.5;
/** Weights that are about alike are not turned round. */
const HEAVIER = 1.2;
/** A class is unheard below this part of all weights, */
const UNHEARD = 0.05;
/** if the weights, and not its few examples, make it so: they leave this part of what it would be without them. */
const HUSHED = 0.2;

/** Finds the output whose weights are turned round, or leave a class unheard; null where there is none. */
export function findTurnedWeights(train: Examples): TurnedWeights | null {
  if (train.weights === undefined) return null;
  for (const output of targetParts(train)) {
    if (!output.classification || output.severalLabels) continue;
    const classes = weighClasses(train, output);
    const found = turned(classes) ?? unheard(classes);
    if (found) return { output, ...found };
  }
  return null;
}

type Fault = Omit<TurnedWeights, "output">;

function turned(classes: readonly WeightedClass[]): Fault | null {
  const byCount = [...classes].sort((a, b) => b.count - a.count);
  const [commonest, rarest] = [byCount[0], byCount.at(-1)];
  if (!commonest || !rarest || commonest.count < COMMONER * rarest.count) return null;
  const weights = classes.map(({ weight }) => weight);
  const isTurned = commonest.weight === largestOf(weights) && rarest.weight === leastOf(weights);
  if (!isTurned || commonest.weight < HEAVIER * rarest.weight) return null;
  return { fault: "turned", loudest: commonest, quietest: rarest, share: shareOf(rarest, classes) };
}

function unheard(classes: readonly WeightedClass[]): Fault | null {
  const byShare = [...classes].sort((a, b) => a.count * a.weight - b.count * b.weight);
  const [quietest, loudest] = [byShare[0], byShare.at(-1)];
  if (!quietest || !loudest || quietest === loudest) return null;
  const share = shareOf(quietest, classes);
  const unweighted = quietest.count / classes.reduce((sum, { count }) => sum + count, 0);
  return share < UNHEARD && share < HUSHED * unweighted
    ? { fault: "unheard", loudest, quietest, share }
    : null;
}

/** Returns a class's part of all weights. */
function shareOf({ count, weight }: WeightedClass, classes: readonly WeightedClass[]): number {
  return (count * weight) / classes.reduce((sum, one) => sum + one.count * one.weight, 0);
}

/** Counts the examples of each class that occurs, and averages their weights. */
function weighClasses(train: Examples, output: Placed<TargetPart>): WeightedClass[] {
  const { weights = new Float32Array(), count } = train;
  const answers = classesOfRows(withOutput(train, output).targets, classesOf(output));
  if (answers.length !== count) return [];
  const columns = weights.length / count;
  const found = new Map<number, { count: number; sum: number }>();
  answers.forEach((answer, row) => {
    const before = found.get(answer) ?? { count: 0, sum: 0 };
    const weight = weights[row * columns + output.index] as number;
    found.set(answer, { count: before.count + 1, sum: before.sum + weight });
  });
  return [...found].map(([number, { count, sum }]) => ({ number, count, weight: sum / count }));
}
