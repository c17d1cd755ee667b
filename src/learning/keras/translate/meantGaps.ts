// Targets that are missing on purpose: a loss of the program's own leaves them out. They are numbers here that no other target
// has, since what is judged and diagnosed has to be finite, and NaN again where the loss is asked.

import { equal, fill, reshape, type Tensor, tensor1d, where } from "@tensorflow/tfjs-core";
import { average, columnOf } from "../../../foundation/numbers/statistics.ts";
import { noteLeftOut } from "../../loss/leftOutTargets.ts";
import type { NumberTable } from "../../subject/nestedNumbers.ts";
import type { WrittenLoss } from "../../subject/own/ownLoss.ts";
import type { TranslatedLoss } from "./recipe/translateLoss.ts";

interface Sides {
  readonly targets: readonly NumberTable[];
}

interface Marked<Of extends Sides> {
  readonly train: Of;
  readonly heldOut: Of | null;
  readonly losses: readonly TranslatedLoss[];
}

/** Marks the missing targets of outputs whose losses leave them out. */
export function markMeantGaps<Of extends Sides>(
  { train, heldOut }: { readonly train: Of; readonly heldOut: Of | null },
  losses: readonly TranslatedLoss[],
): Marked<Of> {
  const marks = losses.map(({ leavesGapsOut }, output) => {
    const table = train.targets[output];
    return leavesGapsOut && table?.values.some(Number.isNaN) ? marksOf(table) : null;
  });
  if (marks.every((mark) => mark === null)) return { train, heldOut, losses };
  const mark = <Some extends Sides>(sides: Some): Some => ({
    ...sides,
    targets: sides.targets.map((table, output) => withMarks(table, marks[output] ?? null)),
  });
  return {
    train: mark(train),
    heldOut: heldOut && mark(heldOut),
    losses: losses.map((loss, output) => asking(loss, marks[output] ?? null)),
  };
}

/** A number near the mean of each column, that the column does not hold. */
function marksOf({ shape: [count = 1], values }: NumberTable): Float32Array {
  const size = values.length / count;
  return Float32Array.from({ length: size }, (_, column) => {
    const finite = columnOf(values, size, column).filter(Number.isFinite);
    const mean = finite.length === 0 ? 0 : average([...finite]);
    const step = Math.max(Math.abs(mean), 1) * 2 ** -20;
    let mark = Math.fround(mean);
    while (finite.includes(mark)) mark = Math.fround(mark + step);
    return mark;
  });
}

function withMarks(table: NumberTable, marks: Float32Array | null): NumberTable {
  if (marks === null) return table;
  const values = Float32Array.from(table.values, (value, at) =>
    Number.isNaN(value) ? (marks[at % marks.length] as number) : value,
  );
  return { ...table, values };
}

function asking(loss: TranslatedLoss, marks: Float32Array | null): TranslatedLoss {
  const { own } = loss;
  if (marks === null || own === undefined) return loss;
  return {
    ...loss,
    own: (areOneHot) => {
      const written = own(areOneHot);
      const unmarked = (targets: Tensor, predictions: Tensor) => {
        const row = reshape(tensor1d(marks), [1, ...targets.shape.slice(1)]);
        const isMissing = equal(targets, row);
        return written(where(isMissing, fill(targets.shape, Number.NaN), targets), predictions);
      };
      noteLeftOut(unmarked);
      return Object.defineProperty(unmarked as WrittenLoss, "name", { value: written.name });
    },
  };
}
