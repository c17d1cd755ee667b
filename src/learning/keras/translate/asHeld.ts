// Puts what a script holds of its examples in the place of what it gives to fit.

import type { HeldFacts } from "../../subject/held.ts";
import type { NumberTable } from "../../subject/nestedNumbers.ts";
import { rowKeys } from "../../subject/rowKeys.ts";
import type { ProgramArrays } from "./programArrays.ts";

/** Another version of the examples of a captured program. */
export interface HeldTables extends HeldFacts {
  /** The inputs of training; null where they stay. */
  readonly x: NumberTable | null;
  /** The targets of the set that the version is of; null where they stay. */
  readonly y: NumberTable | null;
  /** The held-out inputs; null where they stay. */
  readonly heldOutX: NumberTable | null;
  /** The inputs of questions, by the number of the question. */
  readonly askedX: ReadonlyMap<number, NumberTable>;
}

/**
 * Returns the arrays with some versions in their place.
 *
 * @param split gives the sets as they are trained on, so that no row that is held out or asked about is trained on.
 */
export function asHeld(
  arrays: ProgramArrays,
  versions: readonly HeldTables[],
  split: (arrays: ProgramArrays) => Pick<ProgramArrays, "heldOut">,
): ProgramArrays {
  return versions.reduce((given, version) => withVersion(given, version, split), arrays);
}

function withVersion(
  arrays: ProgramArrays,
  { of, x, y, heldOutX, askedX, question }: HeldTables,
  split: (arrays: ProgramArrays) => Pick<ProgramArrays, "heldOut">,
): ProgramArrays {
  const { heldOut, asked } = arrays;
  switch (of) {
    case "targets":
    case "classes":
      return y ? { ...arrays, y: [y] } : arrays;
    case "heldOutTargets":
      return y && heldOut ? { ...arrays, heldOut: { x: heldOut.x, y: [y] } } : arrays;
    case "askedTargets":
      return y && asked
        ? { ...arrays, asked: asked.map((one, number) => (number === question ? { ...one, y: [y] } : one)) }
        : arrays;
    case "inputs":
    case "axes":
      // What a mask hides depends on the inputs.
      return {
        ...(x ? withoutMasks(arrays) : arrays),
        ...(asked && {
          asked: asked.map((one, number) => {
            const rows = askedX.get(number);
            return rows ? { ...one, x: [rows], shown: [], scaledAlone: false, neverScaled: false } : one;
          }),
        }),
        ...(x && { x: [x] }),
        ...(heldOutX && heldOut && { heldOut: { x: [heldOutX], y: heldOut.y } }),
      };
    case "rows":
    case "unchanged": {
      if (!x || !y) return arrays;
      // What a loader has changed is nothing to judge by: where the script holds nothing out, a part of the unchanged rows is.
      const { heldOut: kept } = of === "rows" ? split(arrays) : arrays;
      const known = [kept?.x, ...(arrays.asked ?? []).map((one) => one.x)].flatMap(
        (tables) => tables?.[0] ?? [],
      );
      const { sampleWeights: _, ...others } = withoutMasks(arrays);
      return { ...others, ...(kept && { heldOut: kept }), ...withoutRows({ x, y }, known, arrays) };
    }
  }
}

function withoutMasks({ shown: _, ...arrays }: ProgramArrays): ProgramArrays {
  return arrays;
}

function withoutRows(
  { x, y }: { readonly x: NumberTable; readonly y: NumberTable },
  known: readonly NumberTable[],
  own: ProgramArrays,
): Pick<ProgramArrays, "x" | "y"> {
  const keysOf = ({ shape: [count = 0], values }: NumberTable) => rowKeys(values, count);
  const taken = new Set(known.flatMap(keysOf));
  const rows = keysOf(x).flatMap((key, row) => (taken.has(key) ? [] : [row]));
  if (rows.length === 0) return { x: own.x, y: own.y };
  return { x: [rowsAt(x, rows)], y: [rowsAt(y, rows)] };
}

function rowsAt({ shape: [count = 0, ...row], values }: NumberTable, rows: readonly number[]): NumberTable {
  const size = count === 0 ? 0 : values.length / count;
  const kept = new Float32Array(rows.length * size);
  rows.forEach((from, to) => {
    kept.set(values.subarray(from * size, (from + 1) * size), to * size);
  });
  return { shape: [rows.length, ...row], values: kept };
}
