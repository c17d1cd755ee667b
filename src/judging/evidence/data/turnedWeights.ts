// Weights of examples that make up for rare classes count a rare class more. Turned round, they count the commonest one
// more, and training hears next to nothing of the others.

import { classesOfRows } from "../../../foundation/numbers/classError.ts";
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

/** Weights that count the commonest class the most and the rarest the least. */
export interface TurnedWeights {
  readonly output: Placed<TargetPart>;
  readonly commonest: WeightedClass;
  readonly rarest: WeightedClass;
  /** The rarest class's part of all weights, from 0 to 1. */
  readonly share: number;
}

/** Classes that are about as common as each other have no commonest one. */
const COMMONER = 1.5;
/** Weights that are about alike are not turned round. */
const HEAVIER = 1.2;

/** Finds the output whose weights are turned round; null where there is none. */
export function findTurnedWeights(train: Examples): TurnedWeights | null {
  if (train.weights === undefined) return null;
  for (const output of targetParts(train)) {
    if (!output.classification || output.severalLabels) continue;
    const classes = weighClasses(train, output).sort((a, b) => b.count - a.count);
    const [commonest, rarest] = [classes[0], classes.at(-1)];
    if (!commonest || !rarest || commonest.count < COMMONER * rarest.count) continue;
    const weights = classes.map(({ weight }) => weight);
    const isTurned = commonest.weight === Math.max(...weights) && rarest.weight === Math.min(...weights);
    if (!isTurned || commonest.weight < HEAVIER * rarest.weight) continue;
    const all = classes.reduce((sum, { count, weight }) => sum + count * weight, 0);
    return { output, commonest, rarest, share: (rarest.count * rarest.weight) / all };
  }
  return null;
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
