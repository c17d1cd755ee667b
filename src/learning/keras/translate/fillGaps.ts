import type { Gaps } from "../../subject/gaps.ts";
import type { NumberTable } from "../../subject/nestedNumbers.ts";

/** More places than this are not listed. */
const MOST_NAMED = 3;

/** The training tables of a program. */
interface Sides {
  readonly inputs: readonly NumberTable[];
  readonly targets: readonly NumberTable[];
}

/** Tables without gaps. */
interface Filled<Of extends Sides> {
  readonly sides: Of;
  /** null where no number is missing. */
  readonly gaps: Gaps | null;
}

/**
 * Fills each NaN with the mean of the finite numbers in its column, each infinite number with their least or largest, and
 * either with 0 where there are none; it notes where they were.
 */
export function fillGaps<Of extends Sides>(sides: Of): Filled<Of> {
  const rows = new Set<number>();
  const where: string[] = [];
  const fill = (tables: readonly NumberTable[], side: string) =>
    tables.map((table, at) => {
      const found = findGaps(table);
      if (found.length === 0) return table;
      const size = columnsOf(table);
      for (const place of found) rows.add(Math.floor(place / size));
      where.push(`${placesOf(found, size)} of ${tables.length > 1 ? `table ${at} of ` : ""}the ${side}`);
      return { ...table, values: filled(table, found) };
    });
  const inputs = fill(sides.inputs, "inputs");
  const targets = fill(sides.targets, "targets");
  if (rows.size === 0) return { sides, gaps: null };
  const count = sides.inputs[0]?.shape[0] ?? 0;
  const all = Int32Array.from(rows).sort();
  return { sides: { ...sides, inputs, targets }, gaps: { count, rows: all, where: where.join(" and ") } };
}

function columnsOf({ shape: [count = 1], values }: NumberTable): number {
  return values.length / count;
}

function findGaps({ values }: NumberTable): number[] {
  const found: number[] = [];
  for (let at = 0; at < values.length; at++) if (!Number.isFinite(values[at])) found.push(at);
  return found;
}

function placesOf(found: readonly number[], size: number): string {
  const columns = [...new Set(found.map((place) => place % size))].sort((a, b) => a - b);
  if (size === 1 || columns.length === size) return columns.length === 1 ? "the only column" : "every column";
  if (columns.length > MOST_NAMED) return `${columns.length} of ${size} columns`;
  return `column${columns.length === 1 ? "" : "s"} ${columns.join(", ")}`;
}

/** What is known of the finite numbers of a column. */
interface Finite {
  sum: number;
  count: number;
  least: number;
  most: number;
}

function filled(table: NumberTable, found: readonly number[]): Float32Array {
  const size = columnsOf(table);
  const finite = new Map(
    found.map((place): [number, Finite] => [place % size, { sum: 0, count: 0, least: 0, most: 0 }]),
  );
  for (const [at, value] of table.values.entries()) {
    const column = finite.get(at % size);
    if (column === undefined || !Number.isFinite(value)) continue;
    column.least = column.count === 0 ? value : Math.min(column.least, value);
    column.most = column.count === 0 ? value : Math.max(column.most, value);
    column.sum += value;
    column.count++;
  }
  const values = table.values.slice();
  for (const place of found) {
    const { sum, count, least, most } = finite.get(place % size) as Finite;
    const value = values[place] as number;
    const mean = count === 0 ? 0 : sum / count;
    values[place] = Number.isNaN(value) ? mean : value < 0 ? least : most;
  }
  return values;
}
