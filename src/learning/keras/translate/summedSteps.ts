// Steps that a mask hides, under a loss that Keras adds up.

import type { NumberTable } from "../../subject/nestedNumbers.ts";
import type { ProgramArrays } from "./programArrays.ts";
import type { TranslatedLoss } from "./recipe/translateLoss.ts";

/** The arrays that say how steps count. */
type Counted = Pick<ProgramArrays, "x" | "y" | "shown" | "sampleWeights">;

/**
 * A loss that is a mean goes over the steps that a mask shows, which make up for the hidden ones. A sum leaves the hidden ones
 * out, and the others count as they did: as under weights of 1 and 0, which therefore stand for the mask of such an output.
 */
export function withSummedSteps<Arrays extends Counted & { readonly heldOut?: Counted | null }>(
  arrays: Arrays,
  losses: readonly TranslatedLoss[],
): Arrays & Counted {
  if (!losses.some(({ adds }) => adds)) return arrays;
  const { heldOut } = arrays;
  return { ...weighed(arrays, losses), ...(heldOut && { heldOut: weighed(heldOut, losses) }) };
}

function weighed<Arrays extends Counted>(
  arrays: Arrays,
  losses: readonly TranslatedLoss[],
): Arrays & Counted {
  const { shown = [], sampleWeights = [], y, x } = arrays;
  if (shown.length === 0) return arrays;
  const ones = filled([x[0]?.shape[0] ?? 0, 1]);
  // Keras gives a single table to each output.
  const weightOf = (output: number) =>
    (sampleWeights.length > 1 ? sampleWeights[output] : sampleWeights[0]) ?? ones;
  return {
    ...arrays,
    shown: shown.map((mask, output) => (losses[output]?.adds ? ones : mask)),
    sampleWeights: y.map((_, output) => {
      const mask = shown[output];
      return mask && losses[output]?.adds ? product(weightOf(output), mask) : weightOf(output);
    }),
  };
}

function filled(shape: readonly number[]): NumberTable {
  return {
    shape: [...shape],
    values: new Float32Array(shape.reduce((size, side) => size * side, 1)).fill(1),
  };
}

/** Multiplies two tables of as many rows; the one with fewer numbers in a row repeats each of them. */
function product(one: NumberTable, other: NumberTable): NumberTable {
  const [few, many] = one.values.length < other.values.length ? [one, other] : [other, one];
  const repeats = many.values.length / few.values.length;
  return {
    shape: many.shape,
    values: Float32Array.from(
      many.values,
      (value, at) => value * (few.values[Math.floor(at / repeats)] as number),
    ),
  };
}
