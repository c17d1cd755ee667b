import { beforeAll, expect, test } from "vitest";
import { knownFromOwnRun } from "../../../src/judging/law/knownFromOwnRun.ts";
import type { LawContext } from "../../../src/judging/law/law.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { targetParts } from "../../../src/learning/subject/parts.ts";
import type { Subject } from "../../../src/learning/subject/subject.ts";
import { type OutputEvaluation, onRows } from "../../../src/learning/training/evaluation.ts";
import { type TrainingRun, train } from "../../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { healthy } from "../../failure-modes/healthy.ts";

const ROWS = Array.from({ length: 16 }, (_, row) => row);
const BOUND = { lossOverVariance: 0.2, errorOverPrior: 0.3 };

let subject: Subject;
let run: TrainingRun;
beforeAll(async () => {
  await startEngineUnderTest();
  subject = await createSubject(parseConfig(healthy));
  run = await train(subject);
});

/** The run, if its predictions were off by these shares of the targets' deviation: among the first 16 rows, and in all others. */
async function known(offHere: number, offElsewhere: number) {
  const [part] = targetParts(subject.train);
  const [output] = run.train.outputs;
  if (!part || !output) throw new Error("a subject has an output");
  const deviation = Math.sqrt(output.targetVariance ?? 1);
  const predictions = output.targets.map(
    (target, row) => target + (row % 2 ? 1 : -1) * deviation * (row < ROWS.length ? offHere : offElsewhere),
  );
  const all = Array.from({ length: output.examples }, (_, row) => row);
  const changed = { ...output, ...onRows({ ...output, predictions } as OutputEvaluation, part, all) };
  const context = { subject, run: async () => ({ ...run, train: { ...run.train, outputs: [changed] } }) };
  return knownFromOwnRun(context as unknown as LawContext, ROWS, BOUND);
}

test("a run that has learnt its examples knows some of which chance leaves a little more", async () => {
  const some = await known(0.5, 0.2);

  expect(some?.holds).toBe(true);
  expect(some?.detail).toContain("which has learnt all of them together");
});

test("a run that has learnt them does not know some that are far off: the twin", async () => {
  expect(await known(1.1, 0.2)).toBeNull();
});

test("a run that has not learnt its examples is held to the bound: the twin", async () => {
  expect(await known(0.5, 0.6)).toBeNull();
  expect((await known(0.1, 0.6))?.holds).toBe(true);
});
