import { kruskalWallis } from "../../foundation/numbers/kruskalWallis.ts";
import { ranksOf } from "../../foundation/numbers/ranks.ts";
import { columnOf } from "../../foundation/numbers/statistics.ts";
import { seedStream } from "../../foundation/random/seedStream.ts";
import { shuffledIndices } from "../../foundation/random/shuffle.ts";
import type { Examples } from "../../learning/subject/examples.ts";
import { measureAssociation } from "./association.ts";

/** The probability that any column of a table in which none matters is said to matter. */
const BY_CHANCE = 0.001;
/** Groups of a column's numbers, from small to large. */
const GROUPS = 8;
/** Neighbours in wider tables are hardly ever near. */
const MOST_COLUMNS = 32;
const SHUFFLES = 10;
/** Standard deviations of the score under shuffling. */
const SURE = 5;

/**
 * Whether the targets depend on one column: their size or their distance from 0 differs between small and large numbers
 * of the column, or neighbours by all columns have more similar targets than neighbours by the others.
 *
 * @param columns that are asked, for which the chance findings are corrected.
 */
export function columnMatters(examples: Examples, column: number, columns: number): boolean {
  const { targets, outputs, count } = examples;
  const groups = groupsOf(columnOf(examples.inputs, examples.inputs.length / count, column));
  const bound = BY_CHANCE / (2 * columns * outputs);
  for (let output = 0; output < outputs; output++) {
    const values = columnOf(targets, outputs, output);
    if (kruskalWallis(values, groups) < bound || kruskalWallis(values.map(Math.abs), groups) < bound)
      return true;
  }
  return helpsNeighbours(examples, column);
}

/** Parts numbers into groups of equal size by their ranks; equal numbers stay together. */
function groupsOf(values: Float32Array): number[] {
  return [...ranksOf(values)].map((rank) => Math.floor(((rank - 0.5) / values.length) * GROUPS));
}

/** What matters only together with other columns shows between neighbours. */
function helpsNeighbours(examples: Examples, column: number): boolean {
  const columns = examples.inputs.length / examples.count;
  if (columns > MOST_COLUMNS || columns < 2) return false;
  const score = (of: Examples) => measureAssociation(of)?.score ?? 0;
  const random = seedStream(1, "evidence/columnMatters");
  const without = Array.from({ length: SHUFFLES }, () => score(shuffleColumn(examples, column, random)));
  const mean = without.reduce((sum, value) => sum + value, 0) / SHUFFLES;
  const deviation = Math.sqrt(without.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (SHUFFLES - 1));
  return score(examples) > mean + SURE * Math.max(1, deviation);
}

function shuffleColumn(
  examples: Examples,
  column: number,
  random: Parameters<typeof shuffledIndices>[1],
): Examples {
  const columns = examples.inputs.length / examples.count;
  const order = shuffledIndices(examples.count, random);
  const inputs = examples.inputs.slice();
  order.forEach((from, row) => {
    inputs[row * columns + column] = examples.inputs[from * columns + column] as number;
  });
  return { ...examples, inputs };
}
