import { tidy } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { Examples } from "../../../learning/subject/examples.ts";
import type { Layer } from "../../../learning/subject/layerTree.ts";
import { inputTensors, sideBySide } from "../../../learning/subject/parts.ts";
import { withEvaluationDraw } from "../../../learning/subject/seededRandomness.ts";
import { planForward } from "../../../learning/training/forward.ts";
import { readAndDispose } from "../../../learning/training/read.ts";

/** The random numbers that layers get, should they draw in evaluation mode. */
export interface Draw {
  /** 0 for those of every other evaluation. @defaultValue 0 */
  readonly draw?: number;
  readonly onDraw?: (layer: Layer) => void;
}

/** Computes the outputs of a model in evaluation mode, `[count, outputs]`, with all examples in one batch. */
export async function evaluateAtOnce(
  model: LayersModel,
  examples: Examples,
  { draw = 0, onDraw }: Draw = {},
): Promise<Float32Array> {
  const forward = planForward(model);
  const answers = withEvaluationDraw(
    draw,
    () => tidy(() => [...forward(inputTensors(examples), false)]),
    onDraw,
  );
  return sideBySide(await Promise.all(answers.map(readAndDispose)), examples.count);
}

/** Returns the largest absolute difference between two tables; numbers that are not finite in both count as equal. */
export function largestDifference(a: Float32Array, b: Float32Array): number {
  let largest = 0;
  for (let index = 0; index < a.length; index++) {
    const [x, y] = [a[index] as number, b[index] as number];
    const [knownX, knownY] = [Number.isFinite(x), Number.isFinite(y)];
    if (knownX !== knownY) return Number.POSITIVE_INFINITY;
    if (knownX) largest = Math.max(largest, Math.abs(x - y));
  }
  return largest;
}

/** Returns a difference relative to the largest finite number of a table; 0 for no difference. */
export function relativeTo(table: Float32Array, difference: number): number {
  if (difference === 0) return 0;
  return (
    difference /
    (largestDifference(
      table,
      table.map((value) => (Number.isFinite(value) ? 0 : value)),
    ) || 1)
  );
}
