import type { Quality } from "../../learning/training/quality.ts";

/**
 * The fewest examples on the rarer side of a number of an output for which that number is judged alone. For a pixel that is lit twice, or
 * a label that three examples have, chance decides whether those few examples are predicted. The average over the
 * output still includes such a number.
 */
export const FEWEST = 16;

/**
 * Returns the numbers of an output that can be judged one by one: at least `fewest` of their targets lie on each side of
 * the middle of their range.
 *
 * @param fewest by default 16, so that the list is empty for fewer than 32 examples.
 */
export function commonOutputs(
  { examples, targets }: Pick<Quality, "examples" | "targets">,
  fewest = FEWEST,
): number[] {
  const outputs = targets.length / examples;
  return Array.from({ length: outputs }, (_, output) => output).filter(
    (output) => rarerSide(targets, outputs, output) >= fewest,
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
