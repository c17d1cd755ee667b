import { expect, test } from "vitest";
import type { Examples } from "../../../../src/learning/subject/examples.ts";
import {
  repairAsked,
  repairAskedHeldOut,
  repairRows,
  repairScales,
} from "../../../../src/learning/subject/own/repair.ts";

const LAGS = 4;

/** Lists of lags of the squares, with the square behind each. */
function lists(count: number): Examples {
  const square = (at: number) => at * at;
  return {
    count,
    inputShape: [LAGS],
    outputs: 1,
    inputs: Float32Array.from({ length: count * LAGS }, (_, at) =>
      square(Math.floor(at / LAGS) + (at % LAGS)),
    ),
    targets: Float32Array.from({ length: count }, (_, row) => square(row + LAGS)),
  };
}

test("rows that a script asks about become changes as those of training do, however few they are", () => {
  const train = lists(20);
  const changed = repairScales({ train, heldOut: null }, { asChanges: "both" }).train;

  const asked = repairAsked(lists(2), train, train, { asChanges: "both" });

  expect([...asked.inputs]).toEqual([...changed.inputs.subarray(0, 2 * LAGS)]);
  expect([...asked.targets]).toEqual([7, 9]);
  expect(repairAsked(lists(2), train, train, {})).toEqual(lists(2));
});

test("rows that a script asks about lose the columns that those of training lose", () => {
  const train = lists(3);

  const asked = repairAsked(lists(1), train, train, { withoutInputs: [0] });

  expect([...asked.inputs]).toEqual([5 / 3, 1, 4, 9].map(Math.fround));
});

test("held-out rows that a script asks about are what the held-out ones become, and other rows stay", () => {
  const train = lists(12);
  const heldOut = { ...lists(6), inputs: lists(6).inputs.map((value) => 10 * value + 3) };
  const asked = { ...heldOut, count: 2, inputs: heldOut.inputs.slice(0, 2 * LAGS) };
  const sets = { train, heldOut };
  const matched = repairScales(sets, { matchHeldOut: "inputs" }).heldOut;

  const known = repairAskedHeldOut(asked, sets, { matchHeldOut: "inputs" });

  expect([...known.inputs]).toEqual([...(matched?.inputs.subarray(0, 2 * LAGS) ?? [])]);
  expect(repairAskedHeldOut(lists(2), sets, { matchHeldOut: "inputs" })).toEqual(lists(2));
  expect(repairAskedHeldOut(asked, sets, {})).toBe(asked);
});

test("examples with a value that stands for what is missing are left out of both sets and of what is asked", () => {
  const train = lists(4);
  const marks = [{ target: 0, value: train.targets[1] as number }];
  const withoutMarked = { withoutMarked: marks };

  const repaired = repairRows({ train, heldOut: train }, withoutMarked);

  expect([...repaired.train.targets]).toEqual([16, 36, 49]);
  expect([...(repaired.heldOut?.targets ?? [])]).toEqual([16, 36, 49]);
  expect(repairAsked(train, train, train, withoutMarked).count).toBe(3);
  expect(repairRows({ train, heldOut: null }, { withoutMarked: [{ target: 0, value: 7 }] }).train).toBe(
    train,
  );
});

test("labels are turned round in all that is judged, and other numbers stay", () => {
  const train = { ...lists(3), targets: Float32Array.of(0, 1, 7) };

  const { train: turned, heldOut } = repairRows({ train, heldOut: train }, { turnLabels: true });

  for (const one of [turned, heldOut, repairAsked(train, train, train, { turnLabels: true })])
    expect([...(one?.targets ?? [])]).toEqual([1, 0, 7]);
});

test("two outputs get each other's targets in all that is judged, and outputs of other sizes keep their own", () => {
  const part = (name: string, size: number) => ({ name, shape: [size], classification: false });
  const train = {
    ...lists(2),
    outputs: 4,
    targets: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8),
    targetParts: [part("a", 1), part("pair", 2), part("b", 1)],
  };
  const exchanged = (exchangeTargets: [number, number]) => {
    const { train: repaired, heldOut } = repairRows({ train, heldOut: train }, { exchangeTargets });
    return [repaired, heldOut, repairAsked(train, train, train, { exchangeTargets })].map((one) => [
      ...(one?.targets ?? []),
    ]);
  };

  for (const targets of exchanged([0, 2])) expect(targets).toEqual([4, 2, 3, 1, 8, 6, 7, 5]);
  for (const targets of exchanged([0, 1])) expect(targets).toEqual([...train.targets]);
});
