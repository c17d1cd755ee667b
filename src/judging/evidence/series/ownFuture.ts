import { columnOf } from "../../../foundation/numbers/statistics.ts";
import { type Examples, firstExamples } from "../../../learning/subject/examples.ts";
import { leftByReferences } from "../reference/attainable.ts";

/** References take so many numbers of a window, those before its last step. */
const MOST_NUMBERS = 64;
const MOST_ROWS = 2000;
/** Of white noise references leave all, give or take a few per cent; a series of which a forecast knows something leaves less. */
const NEARLY_ALL = 0.95;

/**
 * Whether a feature of a series surely cannot be told from the steps before, as where each step is drawn by itself. Nobody
 * forecasts such a series, so a target that is an earlier step of its window asks for memory.
 *
 * @param examples windows of a series, `[steps, features]`.
 */
export function hasNoFuture({ inputs, inputShape, count }: Examples, feature: number): boolean {
  const features = inputShape[1] as number;
  const size = inputs.length / count;
  const before = size - features;
  const kept = Math.min(before, Math.max(features, MOST_NUMBERS - (MOST_NUMBERS % features)));
  const windows: Examples = {
    count,
    inputShape: [kept],
    outputs: 1,
    inputs: Float32Array.from(
      { length: count * kept },
      (_, at) => inputs[Math.floor(at / kept) * size + before - kept + (at % kept)] as number,
    ),
    targets: Float32Array.from(columnOf(inputs, size, before + feature)),
  };
  const some = firstExamples(windows, MOST_ROWS);
  const left = leftByReferences(some, some.inputs);
  return left !== null && left >= NEARLY_ALL;
}
