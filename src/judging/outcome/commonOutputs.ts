import type { Evaluation } from "../../learning/training/evaluation.ts";

/**
 * Examples that an output needs on its rarer side before it is judged by itself. A pixel that is lit twice, or a label
 * that three examples have, says nothing by itself: whether its few examples are known is chance, and the sum over all
 * outputs judges it already.
 */
const FEWEST = 16;

/**
 * The outputs that can be judged one by one: their targets lie on both sides of the middle of their range in at least
 * 16 examples. Empty for fewer than 32 examples.
 */
export function commonOutputs({ examples, targets }: Pick<Evaluation, "examples" | "targets">): number[] {
  const outputs = targets.length / examples;
  return Array.from({ length: outputs }, (_, output) => output).filter(
    (output) => rarerSide(targets, outputs, output) >= FEWEST,
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
