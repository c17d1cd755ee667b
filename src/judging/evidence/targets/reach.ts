import { average, columnVariances } from "../../../foundation/numbers/statistics.ts";
import type { Examples } from "../../../learning/subject/examples.ts";

const BOUNDS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  relu: [0, Number.POSITIVE_INFINITY],
  relu6: [0, 6],
  ReLU: [0, Number.POSITIVE_INFINITY],
  softplus: [0, Number.POSITIVE_INFINITY],
  sigmoid: [0, 1],
  hardSigmoid: [0, 1],
  softmax: [0, 1],
  Softmax: [0, 1],
  tanh: [-1, 1],
  cosine: [-1, 1],
  elu: [-1, Number.POSITIVE_INFINITY],
  ELU: [-1, Number.POSITIVE_INFINITY],
};

/** The lower and upper bound of an activation's outputs. */
export function boundsOf(activation: string): readonly [least: number, most: number] {
  return BOUNDS[activation] ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
}

/** How closely an output activation can reach the targets at best. */
export interface Reach {
  /** Mean squared distance from the targets to the nearest possible outputs, over Var(Y); null if Var(Y) is 0. */
  readonly leastLossOverVariance: number | null;
  /** The reason why targets are out of reach, as a clause; null if every target can be reached. */
  readonly obstacle: string | null;
}

/**
 * Compares the targets with the outputs that the activation can produce.
 *
 * @param group how many numbers in a row compete in a softmax, which is fewer than the outputs if there are several
 * positions, each with a softmax of its own. @defaultValue as many as outputs
 */
export function measureReach(
  activation: string,
  { targets, outputs, count }: Examples,
  group: number = outputs,
): Reach {
  const isSoftmax = activation.toLowerCase() === "softmax";
  const [least, most] = boundsOf(activation);
  let squares = 0;
  let outside = 0;
  let offSum = 0;
  for (let example = 0; example < count; example++) {
    let total = 0;
    for (let output = 0; output < outputs; output++) {
      const target = targets[example * outputs + output] as number;
      const distance = Math.max(least - target, target - most, 0);
      if (distance > 0) outside++;
      squares += distance ** 2;
      total += target;
      if ((output + 1) % group > 0) continue;
      // The nearest point of the plane on which outputs sum to 1 is (total − 1)² / outputs away.
      if (isSoftmax) offSum += (total - 1) ** 2 / group;
      total = 0;
    }
  }
  const variance = average(columnVariances(targets, outputs));
  const leastLossOverVariance = variance === 0 ? null : Math.max(squares, offSum) / targets.length / variance;
  return {
    leastLossOverVariance,
    obstacle: describe(activation, isSoftmax, group, outside, targets.length, offSum / count, [least, most]),
  };
}

function describe(
  activation: string,
  isSoftmax: boolean,
  outputs: number,
  outside: number,
  numbers: number,
  offSum: number,
  [least, most]: readonly [number, number],
): string | null {
  if (isSoftmax && outputs === 1) return "softmax over a single output is 1 whatever the input";
  if (outside > 0) {
    const range = most === Number.POSITIVE_INFINITY ? `${least} and above` : `${least} to ${most}`;
    return `${activation} puts out ${range}, and ${Math.round((100 * outside) / numbers)} % of the targets lie outside`;
  }
  if (isSoftmax && offSum > 1e-6) return "softmax outputs sum to 1, and the targets do not";
  return null;
}
