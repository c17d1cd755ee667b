import { beforeAll, describe, expect, test } from "vitest";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { startEngine } from "../../../src/learning/engine/startEngine.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { errorOf, lateSteps } from "../../../src/learning/training/lateErrors.ts";
import { train } from "../../../src/learning/training/train.ts";
import { tinyConfig } from "../../keeping/gate/tinyConfig.ts";

beforeAll(() => startEngine({ name: "wasm", environment: {} }));

describe("the late steps of a run", () => {
  test("lie in its last fifth, evenly, the end included", () => {
    expect(lateSteps(350)).toEqual([280, 290, 300, 310, 320, 330, 340, 350]);
    expect(lateSteps(1)).toEqual([1]);
    expect(new Set(lateSteps(5)).size).toBe(lateSteps(5).length);
  });
});

describe("the errors near the end", () => {
  const { training, ...rest } = tinyConfig();
  const subject = () => createSubject(parseConfig({ ...rest, training: { ...training, steps: 70 } }));

  test("end with the final ones, and change nothing in the run", async () => {
    const [watched, alone] = [
      await train(subject(), { probes: false, late: true }),
      await train(subject(), { probes: false }),
    ];

    expect(watched.late?.train).toHaveLength(8);
    expect(watched.late?.train.at(-1)).toBe(errorOf(watched.train));
    expect(watched.heldOut && watched.late?.heldOut.at(-1)).toBe(watched.heldOut && errorOf(watched.heldOut));
    expect(new Set(watched.late?.train).size).toBe(8);
    expect(watched.digest).toBe(alone.digest);
    expect(alone.late).toBeUndefined();
  });

  test("are none where a run ends before them", async () => {
    const until = { every: 10, reached: () => true };

    expect((await train(subject(), { probes: false, late: true, until })).late?.train).toEqual([]);
  });
});
