import { InputError } from "../../../foundation/input/inputError.ts";
import { isTensor, type ShapedNumbers } from "../nestedNumbers.ts";
import { tablesOf } from "../own/sides.ts";
import type { CopiedPair, CopiedSide } from "./trainingCall.ts";

/** Copies that were made of a tensor: a program that gives one tensor to each of many calls is copied once. */
const copies = new WeakMap<object, ShapedNumbers>();

/** Copies inputs and targets, which the program may dispose after the call. */
export async function copyPair(x: unknown, y: unknown, field: string): Promise<CopiedPair> {
  return { x: await copySide(x, `${field}, inputs`), y: await copySide(y, `${field}, targets`) };
}

async function copySide(side: unknown, field: string): Promise<CopiedSide> {
  const tables = tablesOf(side, field);
  const copied = await Promise.all(tables.map(({ numbers, field: place }) => copyTensor(numbers, place)));
  if (tables.every(({ name }) => name === null)) return copied;
  return Object.fromEntries(tables.map(({ name }, place) => [name ?? place, copied[place]])) as CopiedSide;
}

async function copyTensor(numbers: unknown, field: string): Promise<ShapedNumbers> {
  if (!isTensor(numbers))
    throw new InputError({
      code: "invalid-value",
      field,
      message: "must be tensors, as model.fit of TensorFlow.js takes them; make them with tf.tensor",
      got: numbers,
    });
  const known = copies.get(numbers);
  if (known) return known;
  const copy = { shape: numbers.shape, values: Float32Array.from(await numbers.data()) };
  copies.set(numbers, copy);
  return copy;
}

/** The tables of a side in their order. */
export function tablesIn(side: CopiedSide): readonly ShapedNumbers[] {
  return Array.isArray(side) ? (side as readonly ShapedNumbers[]) : Object.values(side);
}

/** The number of examples of a pair. */
export function rowsIn({ y }: CopiedPair): number {
  return tablesIn(y)[0]?.shape[0] ?? 0;
}

/** Lays pairs of the same tables one below the other. */
export function joinPairs(pairs: readonly CopiedPair[], field: string): CopiedPair {
  const [first] = pairs as [CopiedPair];
  if (pairs.length === 1) return first;
  const join = (side: "x" | "y"): CopiedSide => {
    const joinOne = (place: number | string) =>
      stack(
        pairs.map((pair) => (pair[side] as Record<number | string, ShapedNumbers | undefined>)[place]),
        `${field}, ${side === "x" ? "inputs" : "targets"}`,
      );
    const written = first[side];
    if (Array.isArray(written)) return written.map((_, place) => joinOne(place));
    return Object.fromEntries(Object.keys(written).map((name) => [name, joinOne(name)]));
  };
  return { x: join("x"), y: join("y") };
}

function stack(tables: readonly (ShapedNumbers | undefined)[], field: string): ShapedNumbers {
  const row = tables[0]?.shape.slice(1) ?? [];
  const other = tables.find((table) => String(table?.shape.slice(1)) !== String(row));
  if (other !== undefined || tables.includes(undefined))
    throw new InputError({
      code: "conflict",
      field,
      message: `must have one shape in all batches, [${row.join(", ")}] as in the first; pad them to one length`,
      got: other?.shape.slice(1),
    });
  const all = tables as readonly ShapedNumbers[];
  const values = new Float32Array(all.reduce((sum, table) => sum + table.values.length, 0));
  let at = 0;
  for (const table of all) {
    values.set(table.values, at);
    at += table.values.length;
  }
  return { shape: [all.reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0), ...row], values };
}

/** A text for each row of a pair, the same for rows of equal inputs and targets. */
export function keysOf(pair: CopiedPair): string[] {
  const tables = [...tablesIn(pair.x), ...tablesIn(pair.y)];
  return Array.from({ length: rowsIn(pair) }, (_, row) =>
    tables
      .map(({ values, shape }) => {
        const size = values.length / (shape[0] ?? 1);
        const part = (values as Float32Array).slice(row * size, (row + 1) * size);
        return Buffer.from(part.buffer).toString("latin1");
      })
      .join("|"),
  );
}

/** The rows of a pair at these places, in their order. */
export function rowsAt(pair: CopiedPair, places: readonly number[]): CopiedPair {
  const pick = ({ shape, values }: ShapedNumbers): ShapedNumbers => {
    const size = values.length / (shape[0] ?? 1);
    const kept = new Float32Array(places.length * size);
    for (const [to, from] of places.entries())
      kept.set((values as Float32Array).subarray(from * size, (from + 1) * size), to * size);
    return { shape: [places.length, ...shape.slice(1)], values: kept };
  };
  const side = (written: CopiedSide): CopiedSide =>
    Array.isArray(written)
      ? written.map(pick)
      : Object.fromEntries(Object.entries(written).map(([name, table]) => [name, pick(table)]));
  return { x: side(pair.x), y: side(pair.y) };
}
