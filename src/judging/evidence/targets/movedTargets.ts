// Targets that belong to other rows than those they stand in: all moved by the same few rows, or sorted by themselves.

import { columnOf, correlation } from "../../../foundation/numbers/statistics.ts";
import { type Examples, firstExamples } from "../../../learning/subject/examples.ts";
import { moveTargets } from "../../../learning/subject/own/moveTargets.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import { measureAssociation } from "../association.ts";
import { isSeries } from "../series/series.ts";
import { isInOrder } from "../split/sortedSplit.ts";

/** Targets are looked for so many rows further on and back. */
export const FARTHEST = 8;
/** Association score, in standard deviations, from which on targets surely belong to their inputs. */
const SURELY_RELATED = 6;
/** More rows add nothing to a first look; a move is found among neighbouring rows, so no sample is drawn. */
const MOST_ROWS = 300;
/** With fewer examples, even the nearest neighbour is too far away to have a similar target. */
const ENOUGH = 40;

/** By how many rows the targets of each set have to move. */
export interface Moves {
  readonly train: number;
  readonly heldOut: number;
  /** Those of the rows that the script asks about; left out where it gives none with their targets. */
  readonly asked?: number;
}

/**
 * Finds by how many rows targets have to move to belong to their inputs.
 *
 * @returns rows further on; below 0, further back. Null where they belong together as they stand, or by no move.
 */
export function findMove(examples: Examples): number | null {
  if (examples.count < ENOUGH + FARTHEST) return null;
  const some = firstExamples(examples, MOST_ROWS);
  const scoreOf = (rows: number) => {
    const moved = moveTargets(some, rows);
    // A single target that is a number of another row is remembered, or foretold: by no mistake would it be its own input.
    return rows !== 0 && (moved.outputs === 1 || isSeries(moved)) && standAmongInputs(moved)
      ? 0
      : (measureAssociation(moved)?.score ?? 0);
  };
  if (scoreOf(0) >= SURELY_RELATED) return null;
  const moves = Array.from({ length: FARTHEST }, (_, at) => [at + 1, -at - 1]).flat();
  const best = moves
    .map((rows) => ({ rows, score: scoreOf(rows) }))
    .reduce((most, one) => (one.score > most.score ? one : most));
  return best.score >= SURELY_RELATED ? best.rows : null;
}

/** A number that is scaled twice keeps this correlation with itself. */
const SAME = 0.999;

/**
 * Whether some target is one of the numbers of its own window. Windows of one series overlap, so that a target that is moved
 * to a later window stands in it: it is told there, and belongs there no more than where it was.
 */
function standAmongInputs({ inputs, targets, outputs, count }: Examples): boolean {
  const columns = inputs.length / count;
  return Array.from({ length: outputs }, (_, output) => columnOf(targets, outputs, output)).some((column) =>
    Array.from({ length: columns }, (_, at) => columnOf(inputs, columns, at)).some(
      (numbers) => (correlation(numbers, column) ?? 0) >= SAME,
    ),
  );
}

/** Finds the moves of all sets; another set moves as training does where it is too small to tell. */
export function findMovedTargets({
  train,
  heldOut,
  asked = [],
}: Pick<Subject, "train" | "heldOut" | "asked">): Moves | null {
  const own = findMove(train);
  if (own === null) return null;
  const moveOf = (examples: Examples) =>
    (measureAssociation(examples)?.score ?? 0) >= SURELY_RELATED ? 0 : (findMove(examples) ?? own);
  const first = asked.find(({ targets }) => targets === "given");
  return {
    train: own,
    heldOut: heldOut === null ? 0 : moveOf(heldOut),
    ...(first && { asked: moveOf(first.examples) }),
  };
}

const MOST_COLUMNS = 64;

/** Tells which side stands in order by itself, as a call that sorts one array alone leaves it; null where none does. */
export function findSortedAlone({ inputs, targets, outputs, count }: Examples): "inputs" | "targets" | null {
  const columns = inputs.length / count;
  const column = (table: Float32Array, size: number, at: number) =>
    Array.from({ length: count }, (_, row) => table[row * size + at] as number);
  const areInOrder = (table: Float32Array, size: number) =>
    size <= MOST_COLUMNS && Array.from({ length: size }, (_, at) => column(table, size, at)).every(isInOrder);
  const [ofInputs, ofTargets] = [areInOrder(inputs, columns), areInOrder(targets, outputs)];
  if (ofInputs === ofTargets) return null;
  return ofInputs ? "inputs" : "targets";
}
