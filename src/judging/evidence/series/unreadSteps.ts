// A network may take one step of its sequences, the first in place of the last, say, so that it never sees the others.

import type { Subject } from "../../../learning/subject/subject.ts";
import type { TrainingRun } from "../../../learning/training/train.ts";
import { judgedRows } from "../../rung/judgedRows.ts";
import { columnMatters } from "../columnMatters.ts";
import { withFreshModel } from "../contract/freshModel.ts";
import { measureUseOfColumns } from "../contract/inputUse.ts";

/** Steps that change no output. */
export interface UnreadSteps {
  readonly steps: number;
  /** The steps that change an output, from 0. */
  readonly read: readonly number[];
  /** One that does not, and on which depends what the run gets wrong. */
  readonly matters: number;
}

/** Each number of a row is exchanged in many rows. */
const MOST_NUMBERS = 160;
const FEWEST_STEPS = 3;
/** Layers that look at several steps may leave some at the end out. */
const MOST_READ = 0.5;

/**
 * Finds a network that does not read the last steps of its sequences, whatever its weights are, though what it gets wrong
 * depends on them. Of a recurrent layer the first steps may fade to nothing, which is another fault.
 */
export async function findUnreadSteps(subject: Subject, run: TrainingRun): Promise<UnreadSteps | null> {
  const { train } = subject;
  const [steps = 0, features = 1] = train.inputShape;
  if (train.inputParts || train.inputShape.length !== 2 || steps < FEWEST_STEPS) return null;
  if (steps * features > MOST_NUMBERS || !run.train.predictions.every(Number.isFinite)) return null;
  const use = await withFreshModel(subject, measureUseOfColumns);
  if (use === null) return null;
  const unused = new Set(use.unused.map((column) => Math.floor(column / features)));
  const isRead = (step: number) => {
    const own = Array.from({ length: features }, (_, feature) => step * features + feature);
    return !unused.has(step) || own.some((column) => !use.unused.includes(column));
  };
  const read = Array.from({ length: steps }, (_, step) => step).filter(isRead);
  if (read.length > MOST_READ * steps || read.includes(steps - 1)) return null;
  const { examples } = judgedRows(subject);
  const residuals = examples.targets.map((target, at) => target - (run.train.predictions[at] as number));
  const asked = { ...examples, targets: residuals };
  const matters = use.unused.find((column) => columnMatters(asked, column, use.asked));
  return matters === undefined ? null : { steps, read, matters: Math.floor(matters / features) };
}
