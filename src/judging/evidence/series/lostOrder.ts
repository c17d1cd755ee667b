// A split that shuffles the rows of a series leaves nothing to windows that are cut from it afterwards: each window is the one
// before it, moved by one step, and yet no step tells anything of another, nor of the target.

import { columnOf, correlation } from "../../../foundation/numbers/statistics.ts";
import { type Examples, firstExamples } from "../../../learning/subject/examples.ts";
import { windowsOf } from "../../../learning/subject/lastValue.ts";
import { leftByReferences } from "../reference/attainable.ts";

/** Windows of a series whose steps tell nothing of each other. */
export interface LostOrder {
  /** Steps of a window. */
  readonly steps: number;
  /** The strongest correlation of any two steps of a window, without its sign. */
  readonly strongest: number;
  /** What references leave of the targets, as a share of Var(Y). */
  readonly left: number;
}

/** Nearly every window has to be the one before it, moved by one step: they were cut one after the other. */
const IN_STEP = 0.9;
const MOST_ROWS = 2000;
/** In fewer windows, a series with a memory may look as if it had none. */
const FEWEST_ROWS = 200;
const MOST_STEPS = 512;
/** References take so many numbers of a window, its last ones. */
const MOST_NUMBERS = 64;
/** Standard errors that the strongest of a few hundred correlations by chance stays within. */
const BY_CHANCE = 4;
/** A series in its order, or a chaotic one, leaves less of its next step to a reference. */
const NEARLY_ALL = 0.95;

/** Finds windows that were cut from a series without any order; null where there are none. */
export function findLostOrder(examples: Examples): LostOrder | null {
  const windows = windowsOf(examples);
  if (windows === null || examples.count < FEWEST_ROWS || windows.steps > MOST_STEPS) return null;
  const { steps, features } = windows;
  const some = firstExamples(examples, MOST_ROWS);
  if (!followEachOther(some, features)) return null;
  const strongest = strongestCorrelation(some, steps, features);
  if (strongest === null || strongest >= BY_CHANCE / Math.sqrt(some.count)) return null;
  const left = leftByReferences(examples, lastNumbers(examples, features));
  return left === null || left < NEARLY_ALL ? null : { steps, strongest, left };
}

function followEachOther({ inputs, count }: Examples, features: number): boolean {
  const size = inputs.length / count;
  let moved = 0;
  for (let row = 1; row < count; row++) {
    const start = row * size;
    let isMoved = true;
    for (let at = start; isMoved && at < start + size - features; at++)
      isMoved = inputs[at] === inputs[at - size + features];
    if (isMoved) moved++;
  }
  return moved >= IN_STEP * (count - 1);
}

/** Compares the last step with every other, and the targets with every step, feature by feature. */
function strongestCorrelation(
  { inputs, targets, outputs, count }: Examples,
  steps: number,
  features: number,
): number | null {
  const size = inputs.length / count;
  const column = (step: number, feature: number) => columnOf(inputs, size, step * features + feature);
  const ofTargets = Array.from({ length: outputs }, (_, output) => columnOf(targets, outputs, output));
  let strongest: number | null = null;
  for (let feature = 0; feature < features; feature++) {
    const last = column(steps - 1, feature);
    for (let step = 0; step < steps; step++) {
      const here = column(step, feature);
      for (const other of step === steps - 1 ? ofTargets : [last, ...ofTargets]) {
        const found = correlation(here, other);
        if (found !== null) strongest = Math.max(strongest ?? 0, Math.abs(found));
      }
    }
  }
  return strongest;
}

function lastNumbers({ inputs, count }: Examples, features: number): Float32Array {
  const size = inputs.length / count;
  const kept = Math.min(size, Math.max(features, MOST_NUMBERS - (MOST_NUMBERS % features)));
  return Float32Array.from(
    { length: count * kept },
    (_, at) => inputs[Math.floor(at / kept) * size + size - kept + (at % kept)] as number,
  );
}
