import { beforeAll, expect, test } from "vitest";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { broken } from "../../failure-modes/healthy.ts";

beforeAll(() => startEngineUnderTest());

/** The evidence for targets-not-normalised of a network that small steps leave at the mean. */
async function evidenceOf(formula: string, outputActivation = "linear"): Promise<string | undefined> {
  const { thresholds, ...config } = parseConfig(
    broken({
      model: { outputActivation },
      data: { formula: [formula] },
      training: { steps: 40, optimizer: { name: "sgd", learningRate: 0.01 } },
    }),
  );
  const { findings } = await trainAndDiagnose(await createSubject({ ...config, thresholds }), { thresholds });
  return findings.find(({ cause }) => cause === "targets-not-normalised")?.evidence;
}

test("targets that hardly differ beside their mean are named where the run stays at it", async () => {
  expect(await evidenceOf("0.9 + 0.02 * x0 * x1")).toContain("hardly differ beside their mean of 0.899");
});

test.each([
  ["that differ as much as they are large: the twin", "0.9 + 0.5 * x0 * x1", "linear"],
  ["of an output that was chosen for numbers up to 1: the twin", "0.9 + 0.02 * x0 * x1", "sigmoid"],
])("nothing is said of targets %s", async (_, formula, activation) => {
  expect(await evidenceOf(formula, activation)).toBeUndefined();
});
