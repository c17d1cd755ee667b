import { expect, test } from "vitest";
import { asHeld, type HeldTables } from "../../../../src/learning/keras/translate/asHeld.ts";
import type { ProgramArrays } from "../../../../src/learning/keras/translate/programArrays.ts";

const table = (values: readonly number[]) => ({
  shape: [values.length, 1],
  values: Float32Array.from(values),
});
const version = (others: Partial<HeldTables>): HeldTables => ({
  of: "targets",
  words: "",
  line: "",
  question: null,
  x: null,
  y: null,
  heldOutX: null,
  askedX: new Map(),
  ...others,
});
const asked = {
  call: "evaluate",
  place: null,
  rows: 1,
  targets: "given",
  order: null,
  readings: [],
  untrained: false,
  x: [table([5])],
  y: [table([50])],
} as const;
const given: ProgramArrays = {
  x: [table([1, 2, 1, 2])],
  y: [table([10, 20, 10, 20])],
  heldOut: { x: [table([4])], y: [table([40])] },
  asked: [asked],
};
const split = ({ heldOut }: ProgramArrays) => ({ heldOut: heldOut ?? null });
const numbersOf = (tables: ProgramArrays["x"] | undefined) => [...(tables?.[0]?.values ?? [])];

test("all rows that a script holds are trained on, but for those held out and asked about", () => {
  const rows = version({
    of: "rows",
    x: table([1, 2, 3, 4, 5, 6]),
    y: table([10, 20, 30, 40, 50, 60]),
  });
  const { x, y, heldOut } = asHeld(given, [rows], split);

  expect(numbersOf(x)).toEqual([1, 2, 3, 6]);
  expect(numbersOf(y)).toEqual([10, 20, 30, 60]);
  expect(numbersOf(heldOut?.x)).toEqual([4]);
});

test("where no other row is left, the program keeps its own: the twin", () => {
  const rows = version({ of: "rows", x: table([4, 5]), y: table([40, 50]) });

  expect(numbersOf(asHeld(given, [rows], split).x)).toEqual([1, 2, 1, 2]);
});

test("each set gets the targets that are its own, and versions add up", () => {
  const versions = [
    version({ y: table([7, 8, 7, 8]) }),
    version({ of: "heldOutTargets", y: table([9]) }),
    version({ of: "askedTargets", question: 0, y: table([6]) }),
    version({ of: "askedTargets", question: 1, y: table([5]) }),
  ];
  const { x, y, heldOut, asked: questions } = asHeld(given, versions, split);

  expect(numbersOf(x)).toEqual([1, 2, 1, 2]);
  expect(numbersOf(y)).toEqual([7, 8, 7, 8]);
  expect(numbersOf(heldOut?.y)).toEqual([9]);
  expect(numbersOf(questions?.[0]?.y)).toEqual([6]);
});

test("inputs that were prepared otherwise take the place of all inputs", () => {
  const inputs = version({
    of: "inputs",
    x: table([-1, -2, -1, -2]),
    heldOutX: table([-4]),
    askedX: new Map([[0, table([-5])]]),
  });
  const { x, y, heldOut, asked: questions } = asHeld(given, [inputs], split);

  expect(numbersOf(x)).toEqual([-1, -2, -1, -2]);
  expect(numbersOf(y)).toEqual([10, 20, 10, 20]);
  expect(numbersOf(heldOut?.x)).toEqual([-4]);
  expect(numbersOf(questions?.[0]?.x)).toEqual([-5]);
});

test("unchanged rows take the place of what a loader made of them, with the same held-out rows", () => {
  const unchanged = version({ of: "unchanged", x: table([1, 2, 3, 4]), y: table([10, 20, 30, 40]) });
  const { x, heldOut } = asHeld(given, [unchanged], split);

  expect(numbersOf(x)).toEqual([1, 2, 3]);
  expect(numbersOf(heldOut?.x)).toEqual([4]);
});

test("without held-out rows, none of those that a loader made are held out", () => {
  const unchanged = version({ of: "unchanged", x: table([1, 2, 3, 4]), y: table([10, 20, 30, 40]) });
  const { heldOut: _, ...without } = given;
  const loaded = asHeld(without, [unchanged], () => ({ heldOut: { x: [table([2])], y: [table([20])] } }));

  expect(loaded.heldOut).toBeUndefined();
  expect(numbersOf(loaded.x)).toEqual([1, 2, 3, 4]);
});
