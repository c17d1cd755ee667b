import type { Subject } from "../../learning/subject/subject.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
import { judgedRows } from "../rung/judgedRows.ts";
import { columnMatters } from "./columnMatters.ts";
import { contractOf } from "./contract/contract.ts";

/** A column of the inputs, from 0. */
export interface Column {
  readonly column: number;
  /** Its name in the table; `column 3` where it has none. */
  readonly name: string;
}

/**
 * Finds the columns that change no prediction, although what the run gets wrong depends on them.
 *
 * @returns null if the question does not apply; see {@link measureInputUse}.
 */
export async function unusedColumns(subject: Subject, run: TrainingRun): Promise<readonly Column[] | null> {
  const { inputs } = await contractOf(subject);
  if (inputs === null) return null;
  const { examples } = judgedRows(subject);
  const { predictions } = run.train;
  // A run that diverged leaves the targets themselves to ask.
  const isKnown = predictions.every(Number.isFinite);
  const residuals = examples.targets.map(
    (target, at) => target - (isKnown ? (predictions[at] as number) : 0),
  );
  const asked = { ...examples, targets: residuals };
  return inputs.unused
    .filter((column) => columnMatters(asked, column, inputs.asked))
    .map((column) => ({ column, name: subject.train.columnNames?.[column] ?? `column ${column}` }));
}
