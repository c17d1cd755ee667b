import { average, columnVariances } from "../../foundation/numbers/statistics.ts";
import type { Quality } from "../../learning/training/quality.ts";

/**
 * The fewest examples on the rarer side of a number of an output for which that number is judged alone. For a pixel that is lit twice, or
 * a label that three examples have, chance decides whether those few examples are predicted. The average over the
 * output still includes such a number.
 */
export const FEWEST = 16;

/**
 * So many numbers are the points of a picture, a spectrum or a sequence, in one unit. A point that varies by less than this
 * share of what they vary by on average, such as one at the edge with nothing but noise, is nothing that anybody asks for.
 */
const MANY = 16;
const FAINT = 0.01;

/**
 * Returns the numbers of an output that can be judged one by one: at least `fewest` of their targets lie on each side of
 * the middle of their range, and they are no points of many that hardly vary beside the others.
 *
 * @param fewest by default 16, so that the list is empty for fewer than 32 examples.
 */
export function commonOutputs(
  { examples, targets }: Pick<Quality, "examples" | "targets">,
  fewest = FEWEST,
): number[] {
  const outputs = targets.length / examples;
  const variances = outputs < MANY ? [] : [...columnVariances(targets, outputs)];
  const least = variances.length === 0 ? 0 : FAINT * average(variances);
  return Array.from({ length: outputs }, (_, output) => output).filter(
    (output) => (variances[output] ?? 0) >= least && rarerSide(targets, outputs, output) >= fewest,
  );
}

function rarerSide(targets: Float32Array, outputs: number, output: number): number {
  const column: number[] = [];
  for (let at = output; at < targets.length; at += outputs) column.push(targets[at] as number);
  const [least, most] = column.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)] as const,
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] as const,
  );
  if (least === most) return 0;
  const above = column.filter((value) => value > (least + most) / 2).length;
  return Math.min(above, column.length - above);
}
