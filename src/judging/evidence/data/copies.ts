import type { Examples } from "../../../learning/subject/examples.ts";
import { tabulateInputs } from "../split/inputTable.ts";
import type { DataFinding } from "./dataFinding.ts";
import { nameRows, rowNumbersOf } from "./rowNames.ts";

/** Equal rows that independent columns would give by chance, at most: more are no copies but what the columns hold. */
const MOST_BY_CHANCE = 0.001;

/** Finds training rows of a table that have the same inputs and other targets. */
export function findCopies(train: Examples): DataFinding[] {
  const { inputShape, targets, outputs, count } = train;
  if (inputShape.length !== 1 || count < 10) return [];
  const table = tabulateInputs(train);
  if (table.repeated === 0 || equalByChance(train) > MOST_BY_CHANCE) return [];
  const rowsOf = new Map<number, number[]>();
  for (let row = 0; row < count; row++) {
    const first = table.firstLike(row);
    if (first === row) continue;
    const rows = rowsOf.get(first) ?? [first];
    rows.push(row);
    rowsOf.set(first, rows);
  }
  const differing = [...rowsOf.values()].filter(
    (rows) => new Set(rows.map((row) => bytesOf(targets, row, outputs))).size > 1,
  );
  if (differing.length === 0) return [];
  const rows = differing.flat();
  return [
    {
      kind: "copies-with-other-targets",
      claim: `look at ${nameRows(train, rows)}: they have the inputs of another row bit for bit, and another target`,
      rows: rowNumbersOf(train, rows),
      set: "train",
      column: null,
    },
  ];
}

function bytesOf(table: Float32Array, row: number, columns: number): string {
  const own = table.subarray(row * columns, (row + 1) * columns);
  return Buffer.from(own.buffer, own.byteOffset, own.byteLength).toString("latin1");
}

/** The pairs of equal rows to expect if every column were drawn by itself. */
function equalByChance({ inputs, count }: Examples): number {
  const columns = inputs.length / count;
  let pairs = (count * (count - 1)) / 2;
  for (let column = 0; column < columns && pairs > MOST_BY_CHANCE; column++) {
    const times = new Map<number, number>();
    for (let row = 0; row < count; row++) {
      const value = inputs[row * columns + column] as number;
      times.set(value, (times.get(value) ?? 0) + 1);
    }
    const equal = [...times.values()].reduce((sum, often) => sum + often * (often - 1), 0);
    pairs *= equal / (count * (count - 1));
  }
  return pairs;
}
