import { expect, test } from "vitest";
import { diagnose } from "../../../../src/judging/diagnosis/diagnose.ts";
import { shareOfUntaughtRows } from "../../../../src/judging/evidence/data/missingClasses.ts";
import { checkLaws } from "../../../../src/judging/law/checkLaws.ts";
import { generalises } from "../../../../src/judging/law/generalises.ts";
import { parseConfig } from "../../../../src/learning/config/parseConfig.ts";
import { createSubject } from "../../../../src/learning/subject/createSubject.ts";
import type { Examples } from "../../../../src/learning/subject/examples.ts";
import { gather } from "../../../../src/learning/subject/examples.ts";
import type { Subject } from "../../../../src/learning/subject/subject.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

const config = parseConfig({
  subject: "dense",
  model: { inputs: 2, hidden: [{ units: 16 }], outputs: 3, outputActivation: "softmax" },
  data: {
    formula: ["x0", "x1", "0.4"],
    classification: true,
    inputRange: [-1, 1],
    examples: 300,
    heldOut: 150,
  },
  training: { loss: { name: "categoricalCrossentropy" }, optimizer: { learningRate: 0.01 }, steps: 300 },
});

/** The subject with its last class held out whole, as a split of sorted rows holds it out. */
async function sortedSplit(): Promise<Subject> {
  const subject = await createSubject(config);
  const rows = (examples: Examples, isWanted: (isLast: boolean) => boolean) =>
    gather(
      examples,
      Uint32Array.from(
        Array.from({ length: examples.count }, (_, row) => row).filter((row) =>
          isWanted(examples.targets[3 * row + 2] === 1),
        ),
      ),
    );
  const heldOut = rows(subject.heldOut as Examples, (isLast) => isLast);
  return { ...subject, train: rows(subject.train, (isLast) => !isLast), heldOut };
}

test("a held-out set of a class that was never taught breaks generalises, and is called another distribution", async () => {
  await startEngineUnderTest();
  const subject = await sortedSplit();
  const check = await checkLaws(subject, {
    thresholds: config.thresholds,
    bitExact: true,
    laws: [generalises],
  });
  const [first] = await diagnose(subject, check.run, { thresholds: config.thresholds });

  expect(shareOfUntaughtRows(subject)).toBe(1);
  expect(check).toMatchObject({ holds: false, verdict: "learns" });
  expect(first?.cause).toBe("held-out-from-another-distribution");
});

test("a random split leaves no class untaught, and generalises: the twin", async () => {
  await startEngineUnderTest();
  const subject = await createSubject(config);
  const { holds } = await checkLaws(subject, {
    thresholds: config.thresholds,
    bitExact: true,
    laws: [generalises],
  });

  expect(shareOfUntaughtRows(subject)).toBe(0);
  expect(holds).toBe(true);
});

test("a picture has a class at each of its places, and is of no class itself", async () => {
  await startEngineUnderTest();
  const { train, heldOut } = await sortedSplit();
  const asPicture = (examples: Examples): Examples => ({
    ...examples,
    targetParts: [{ name: "output 0", shape: [3, 1], classification: true }],
  });
  const sets = { train: asPicture(train), heldOut: asPicture(heldOut as Examples) };
  expect(shareOfUntaughtRows(sets)).toBe(0);
});
