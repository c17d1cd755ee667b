import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { shuffledLabels } from "../../../src/judging/diagnosis/causes/shuffledLabels.ts";
import { findMovedTargets, findSortedAlone } from "../../../src/judging/evidence/targets/movedTargets.ts";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import type { OwnConfig } from "../../../src/learning/config/schema.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

/** A subject whose targets went through a fault. */
function subject(name: string, fault: (targets: readonly number[]) => number[], count = 160) {
  const random = seedStream(4, "spec/movedTargets");
  const inputs = Array.from({ length: count }, () => [random.uniform(), random.uniform()]);
  const targets = fault(inputs.map(([a = 0, b = 0]) => Math.sin(2.5 * a) + b));
  const set = (from: number, to: number) => ({
    inputs: inputs.slice(from, to),
    targets: targets.slice(from, to).map((target) => [target]),
  });
  return defineSubject({
    name,
    buildModel: () =>
      sequential({
        layers: [
          layers.dense({ inputShape: [2], units: 24, activation: "tanh" }),
          layers.dense({ units: 1 }),
        ],
      }),
    examples: { train: set(0, count * 0.75), heldOut: set(count * 0.75, count) },
    training: { optimizer: { name: "adam", learningRate: 0.05 }, batchSize: 40, steps: 150 },
  }).config() as OwnConfig;
}

const roll = (rows: number) => (targets: readonly number[]) =>
  targets.map((_, row) => targets[(row + targets.length - rows) % targets.length] as number);
const sort = (targets: readonly number[]) => [...targets].sort((a, b) => a - b);
const shuffle = (targets: readonly number[]) => {
  const random = seedStream(9, "spec/shuffle");
  return targets
    .map((target) => [random.uniform(), target] as const)
    .sort(([a], [b]) => a - b)
    .map(([, target]) => target);
};

describe("targets that stand some rows from their inputs", () => {
  test("are moved back, and then they are learnt", async () => {
    const config = subject("rolled", roll(2));
    const [change] = (await shuffledLabels.cures?.(config)) ?? [];

    expect((await trainAndDiagnose(await createSubject(config), config)).verdict).not.toBe("learns");
    expect(change?.values).toEqual({ "data.shiftTargets": { train: 2, heldOut: 2 } });
    expect(change?.description).toContain("the targets moved by 2 rows up");
    const cured = change?.config as OwnConfig;
    const made = await createSubject(cured);
    expect([made.train.count, made.heldOut?.count]).toEqual([118, 38]);
    expect((await trainAndDiagnose(made, cured)).verdict).toBe("learns");
  });

  test.each([
    ["one row back", roll(-1), { train: -1, heldOut: -1 }],
    ["nowhere: the twin", roll(0), null],
    ["no move puts right, since they are shuffled: the twin", shuffle, null],
  ] as const)("move %s", async (_, fault, moves) => {
    const { train, heldOut } = await createSubject(subject("moved", fault, 240));

    expect(findMovedTargets({ train, heldOut })).toEqual(moves);
  });

  test("are told from targets that were sorted by themselves, which only the code can repair", async () => {
    const config = subject("sorted", sort);
    const { findings } = await trainAndDiagnose(await createSubject(config), config);
    const found = findings.find(({ cause }) => cause === "shuffled-labels");

    expect(found?.evidence).toContain("they were sorted alone");
    expect(await shuffledLabels.cures?.(config)).toEqual([null]);
    expect(shuffledLabels.byHand).toContain("repair the pairing");
    expect(findSortedAlone((await createSubject(subject("unsorted", shuffle))).train)).toBeNull();
  });
});

test("targets of a series are not moved into windows that hold them", () => {
  const random = seedStream(5, "spec/movedTargets/series");
  const steps = Array.from({ length: 180 }, () => random.uniform() - 0.5);
  const rows = Array.from({ length: 170 }, (_, at) => steps.slice(at, at + 8));
  const examples = (inputShape: readonly number[]) => ({
    inputs: Float32Array.from(rows.flat()),
    targets: Float32Array.from(rows, (_, at) => 2 * (steps[at + 8] as number)),
    inputShape,
    outputs: 1,
    count: 170,
  });

  expect(findMovedTargets({ train: examples([8, 1]), heldOut: null })).toBeNull();
});

test("a target that is the very number of an earlier row is remembered, and stands at no wrong row", () => {
  const random = seedStream(6, "spec/movedTargets/memory");
  const inputs = Float32Array.from({ length: 170 }, () => random.uniform());
  const targets = inputs.map((_, at) => inputs[(at + 168) % 170] as number);
  const examples = { inputs, targets, inputShape: [1, 1], outputs: 1, count: 170 };
  const curved = { ...examples, targets: targets.map((target) => (target - 0.5) ** 2) };

  expect(findMovedTargets({ train: examples, heldOut: null })).toBeNull();
  // The twin: what a formula makes of an earlier row was meant for it.
  expect(findMovedTargets({ train: curved, heldOut: null })).toEqual({ train: 2, heldOut: 0 });
});
