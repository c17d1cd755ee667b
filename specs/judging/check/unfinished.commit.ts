// A run that its caller ends early has not shown yet what it would learn. Each claim has a twin: what a finished run is
// accused of, and what an unfinished one is accused of all the same.

import { beforeAll, describe, expect, test } from "vitest";
import { type Examination, examine, stateOf } from "../../../src/judging/examine.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { broken, healthy } from "../../failure-modes/healthy.ts";

let bitExact: boolean;
beforeAll(async () => {
  ({ bitExact } = await startEngineUnderTest());
});

const STEPS = healthy.training.steps;
const EARLY = 0.05 * STEPS;

/** Examines a config whose run is ended after so many steps. */
async function examineUntil(config: object, steps: number): Promise<Examination> {
  const { thresholds, ...parsed } = parseConfig(config);
  let made = 0;
  const isOver = () => made++ >= steps;
  return examine(await createSubject({ ...parsed, thresholds }), { thresholds, bitExact, isOver });
}

const causesOf = ({ findings }: Examination) => findings.map(({ cause }) => cause);

describe("a sound run", () => {
  test("that is ended at a twentieth of its steps is unfinished, and nothing is said against it", async () => {
    const examination = await examineUntil(healthy, EARLY);

    expect(examination).toMatchObject({ verdict: "unfinished", holds: true, findings: [] });
    expect(stateOf(examination)).toBe("unfinished");
    expect(examination.notMeasured).toContainEqual({
      name: "beatsTheMean",
      reason: expect.stringMatching(
        /^0\.\d+, must be < 0\.2 after 13 of 250 steps, which more of them may still change$/,
      ),
    });
  });

  test("that is ended once it has learnt learns", async () => {
    const examination = await examineUntil(healthy, 0.8 * STEPS);

    expect(examination.verdict).toBe("learns");
    expect(stateOf(examination)).toBe("holds");
  });

  test("that makes all its steps is not unfinished", async () => {
    expect(stateOf(await examineUntil(healthy, STEPS))).toBe("holds");
  });

  test.each([
    [
      "that has a slow start",
      broken({ training: { optimizer: { name: "sgd", learningRate: 0.05 }, steps: 2_000 } }),
    ],
    [
      "on raw inputs",
      broken({ data: { inputRange: [0, 20], formula: ["x0 / 20 + x1 / 10"] }, training: { steps: 1_000 } }),
    ],
    ["on noisy targets", broken({ data: { noise: 0.1 } })],
  ])("%s is not accused at any early end", async (_title, config) => {
    for (const steps of [1, 5, 30]) {
      const examination = await examineUntil(config, steps);
      expect(causesOf(examination)).toEqual([]);
      expect(stateOf(examination)).not.toBe("fails");
    }
  });
});

describe("a run that does not learn", () => {
  const steep = broken({ training: { optimizer: { name: "adam", learningRate: 3 } } });

  test("is accused of nothing at a twentieth of its steps that more of them may change", async () => {
    const examination = await examineUntil(steep, EARLY);

    expect(examination.verdict).toBe("unfinished");
    expect(causesOf(examination)).not.toContain("learning-rate-too-high");
    expect(causesOf(examination)).not.toContain("too-few-steps");
  });

  test("is judged as a whole one where it made most of its steps and no longer gets better: the twin", async () => {
    const examination = await examineUntil(steep, 0.8 * STEPS);

    expect(examination.verdict).not.toBe("unfinished");
    expect(causesOf(examination)).toContain("learning-rate-too-high");
  });
});

describe("a long run that was ended after a small share of its steps", () => {
  const LONG = 20_000;
  const sgd = (learningRate: number) =>
    broken({ training: { optimizer: { name: "sgd", learningRate }, steps: LONG } });

  test("is judged where its loss has not moved in many of them", async () => {
    const examination = await examineUntil(
      broken({ model: { kernelInitializer: "zeros" }, training: { steps: LONG } }),
      2_600,
    );

    expect(examination.verdict).toBe("collapsed");
    expect(causesOf(examination)[0]).toBe("symmetric-initialisation");
    expect(stateOf(examination)).toBe("fails");
  });

  test("is judged where the steps that are left cannot lower its loss clearly", async () => {
    const examination = await examineUntil(sgd(1e-7), 2_600);

    expect(examination.verdict).not.toBe("unfinished");
    expect(causesOf(examination)[0]).toBe("learning-rate-too-low");
  });

  test("is unfinished where they can: the twin", async () => {
    expect((await examineUntil(sgd(0.001), 400)).verdict).toBe("unfinished");
  });
});

describe("a fault that no further step changes is told at a twentieth of the steps", () => {
  test.each([
    [
      "targets that the output cannot become",
      "wrong-output-activation",
      broken({ model: { outputActivation: "relu" } }),
    ],
    ["targets that are all the same", "constant-labels", broken({ data: { formula: ["1"] } })],
    [
      "a loss whose logarithm the targets do not have",
      "log-of-a-negative",
      broken({ training: { loss: { name: "msle" } } }),
    ],
    [
      "units that no example reaches",
      "dead-relu-units",
      broken({
        data: { inputRange: [50, 100], formula: ["x0 / 100"] },
        training: { optimizer: { name: "sgd", learningRate: 0.1 } },
      }),
    ],
  ])("%s: %s", async (_title, cause, config) => {
    const examination = await examineUntil(config, EARLY);

    expect(causesOf(examination)).toContain(cause);
    expect(stateOf(examination)).toBe("fails");
  });

  test("numbers that are not finite end a run by themselves, and it is judged", async () => {
    const overflow = broken({ training: { optimizer: { name: "sgd", learningRate: 1e6 } } });
    const examination = await examineUntil(overflow, EARLY);

    expect(examination.verdict).toBe("diverged");
    expect(stateOf(examination)).toBe("fails");
  });
});
