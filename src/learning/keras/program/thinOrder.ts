import { thinOut } from "./budget.ts";

/** Leaves the rows that {@link thinOut} does not keep out of an order of so many rows, and counts the others as they are kept. */
export function thinOrder(order: Int32Array, rows: number, most: number): Int32Array {
  if (rows <= most) return order;
  const numbered = { shape: [rows], values: Float32Array.from({ length: rows }, (_, row) => row) };
  const kept = thinOut([numbered], most)[0]?.values ?? [];
  const places = new Map([...kept].map((row, at) => [row, at]));
  return Int32Array.from([...order].flatMap((row) => places.get(row) ?? []));
}
