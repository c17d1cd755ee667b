import { holm } from "../../../foundation/numbers/holm.ts";
import { kruskalWallis } from "../../../foundation/numbers/kruskalWallis.ts";
import { splitTail } from "../../../foundation/numbers/splitTail.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { sampleExamples } from "../../../learning/subject/sample.ts";
import type { ExampleSets } from "../../../learning/subject/subject.ts";
import type { DataFinding } from "./dataFinding.ts";
import { nameColumn, nameSample } from "./rowNames.ts";

/** The probability that any column of a table that was split at random is named, whatever the number of columns. */
const BY_CHANCE = 0.001;
/** More rows of a set show differences that are too small to matter. */
const MOST_ROWS = 2000;
const MOST_COLUMNS = 1024;
/** With fewer rows that differ from the commonest number, the rank test's approximation is too sure of itself. */
const LEAST_OTHERS = 25;

/** Finds columns whose numbers differ between the two sides of the split, with Holm's correction for all columns. */
export function findHeldOutColumns({ train, heldOut }: ExampleSets): DataFinding[] {
  const columns = train.inputs.length / train.count;
  if (heldOut === null || train.inputShape.length !== 1 || columns > MOST_COLUMNS) return [];
  if (train.count < 20 || heldOut.count < 20) return [];
  const sides = [sampleExamples(train, 1, MOST_ROWS), sampleExamples(heldOut, 1, MOST_ROWS)] as const;
  const tests = Array.from({ length: columns }, (_, column) => column).flatMap((column) =>
    probabilitiesOf(columnOf(sides[0], column), columnOf(sides[1], column)).map((probability) => ({
      column,
      probability,
    })),
  );
  const rejected = holm(
    tests.map(({ probability }) => probability),
    BY_CHANCE,
  );
  const named = new Set(tests.flatMap(({ column }, at) => (rejected[at] ? [column] : [])));
  return [...named].map((column): DataFinding => {
    const name = nameColumn(train, column);
    return {
      kind: "held-out-column-differs",
      claim: `look at ${name}: its numbers differ between training and held-out rows by more than a random split of ${columns} columns explains${nameSample(train, sides[0].count)}`,
      rows: [],
      set: "heldOut",
      column: name,
    };
  });
}

function columnOf({ inputs, count }: Examples, column: number): number[] {
  const columns = inputs.length / count;
  return Array.from({ length: count }, (_, row) => inputs[row * columns + column] as number);
}

/** Tests where the numbers lie, and how far they spread; for a column that is nearly constant, how often it is not. */
function probabilitiesOf(ours: readonly number[], theirs: readonly number[]): number[] {
  const all = [...ours, ...theirs];
  const common = commonest(all);
  const others = all.filter((value) => value !== common).length;
  if (others === 0) return [];
  if (others < LEAST_OTHERS) {
    const held = theirs.filter((value) => value !== common).length;
    return [splitTail({ marked: others, drawn: theirs.length, all: all.length }, held)];
  }
  const groups = all.map((_, row) => Number(row >= ours.length));
  const middle = [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] as number;
  return [
    kruskalWallis(all, groups),
    kruskalWallis(
      all.map((value) => Math.abs(value - middle)),
      groups,
    ),
  ];
}

function commonest(values: readonly number[]): number {
  const times = new Map<number, number>();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  return ([...times].sort((a, b) => b[1] - a[1])[0] as [number, number])[0];
}
