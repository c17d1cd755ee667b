import { columnVariances } from "../../foundation/numbers/statistics.ts";
import { seedStream } from "../../foundation/random/seedStream.ts";
import { shuffledIndices } from "../../foundation/random/shuffle.ts";
import type { Examples } from "../../learning/subject/examples.ts";
import { sampleExamples } from "../../learning/subject/sample.ts";

/** Limits on the work: the number of pairs grows with the square of the examples, and pictures hold many numbers. */
const MOST_COMPARED = 300;
const MOST_DIFFERENCES = 5e7;
const SHUFFLES = 100;

/** Whether examples that look alike have targets that are alike. */
export interface Association {
  /** Examples compared. */
  readonly examples: number;
  /**
   * The z-score of a permutation test: the mean target difference between nearest neighbours is compared with the same
   * measure under 100 shuffles of the targets. It is positive when neighbours have similar targets, and about 0 when
   * the targets do not depend on the inputs.
   */
  readonly score: number;
  /** Mean squared target difference between neighbours, divided by its mean under shuffled targets: 1 if unrelated. */
  readonly ratio: number;
  /** Standard error of the ratio where the targets do not depend on the inputs. */
  readonly standardError: number;
}

/**
 * Returns null if the targets are constant or there are fewer than 10 examples.
 *
 * @param most how many examples are compared at most. @defaultValue 300
 */
export function measureAssociation(examples: Examples, most = MOST_COMPARED): Association | null {
  const inputSize = examples.inputs.length / examples.count;
  const count = Math.min(most, Math.floor(Math.sqrt(MOST_DIFFERENCES / inputSize)), examples.count);
  const seen = sampleExamples(examples, 1, count);
  const scales = columnVariances(seen.targets, seen.outputs);
  if (count < 10 || scales.every((scale) => scale === 0)) return null;
  const neighbours = nearestNeighbours(seen, inputSize);
  const difference = (order: ArrayLike<number> | null) => targetDifference(seen, scales, neighbours, order);
  const stream = seedStream(1, "evidence/association");
  const shuffled = Array.from({ length: SHUFFLES }, () => difference(shuffledIndices(count, stream)));
  const mean = shuffled.reduce((sum, value) => sum + value, 0) / SHUFFLES;
  const deviation = Math.sqrt(shuffled.reduce((sum, value) => sum + (value - mean) ** 2, 0) / SHUFFLES);
  const actual = difference(null);
  if (!(deviation > 0)) return null;
  return {
    examples: count,
    score: (mean - actual) / deviation,
    ratio: actual / mean,
    standardError: deviation / mean,
  };
}

/** Divides each column by its standard deviation, so that no column dominates the distances by its scale alone. */
function standardised(inputs: Float32Array, columns: number): Float32Array {
  const deviations = columnVariances(inputs, columns).map((variance) => Math.sqrt(variance) || 1);
  return inputs.map((value, index) => value / (deviations[index % columns] as number));
}

function nearestNeighbours({ inputs: raw, inputShape, count }: Examples, inputSize: number): Uint32Array {
  // The pixels of a picture share one unit. Standardising them would amplify the noise of pixels that rarely change.
  const inputs = inputShape.length === 1 ? standardised(raw, inputSize) : raw;
  const nearest = new Uint32Array(count);
  const distances = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < a; b++) {
      let distance = 0;
      for (let index = 0; index < inputSize; index++) {
        distance +=
          ((inputs[a * inputSize + index] as number) - (inputs[b * inputSize + index] as number)) ** 2;
      }
      if (distance < (distances[a] as number)) [distances[a], nearest[a]] = [distance, b];
      if (distance < (distances[b] as number)) [distances[b], nearest[b]] = [distance, a];
    }
  }
  return nearest;
}

/** Mean squared difference of neighbours' targets, each output in units of its variance. */
function targetDifference(
  { targets, outputs, count }: Examples,
  scales: readonly number[],
  neighbours: Uint32Array,
  order: ArrayLike<number> | null,
): number {
  let sum = 0;
  for (let example = 0; example < count; example++) {
    const own = (order ? (order[example] as number) : example) * outputs;
    const neighbour = neighbours[example] as number;
    const others = (order ? (order[neighbour] as number) : neighbour) * outputs;
    for (let output = 0; output < outputs; output++) {
      const scale = scales[output] as number;
      if (scale > 0)
        sum += ((targets[own + output] as number) - (targets[others + output] as number)) ** 2 / scale;
    }
  }
  return sum / count;
}
