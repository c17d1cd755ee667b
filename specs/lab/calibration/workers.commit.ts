import { beforeAll, describe, expect, test } from "vitest";
import { InputError } from "../../../src/foundation/input/inputError.ts";
import { calibrate } from "../../../src/lab/calibration/calibrate.ts";
import { healthyConfigs } from "../../../src/lab/calibration/healthyConfigs.ts";
import { type Engine, startEngine } from "../../../src/learning/engine/startEngine.ts";
import { answering, unpack } from "../../../src/learning/workers/answer.ts";
import { readWorkers } from "../../../src/learning/workers/workerCount.ts";
import { openWorkers } from "../../../src/learning/workers/workers.ts";

const PROGRAM = new URL("./square", import.meta.url);

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine({ name: "wasm" });
});

describe("a calibration", () => {
  test("is the same on one worker and on two", async () => {
    // Of two kinds, and brief: what is judged here is the order of the results.
    const configs = healthyConfigs(4, 2).map((config) => ({
      ...config,
      training: { ...config.training, steps: 15 },
    }));
    const options = { engine, mutated: 0 };

    const alone = await calibrate(configs, options);
    const shared = await calibrate(configs, { ...options, workers: 2 });

    expect(alone.healthy).toHaveLength(4);
    expect(shared).toEqual(alone);
  });
});

describe("workers", () => {
  test("give results in the order of the inputs, whichever is done first", async () => {
    const workers = await openWorkers(PROGRAM, 2);
    let done = 0;
    const results = await workers.map([300, 0, 20, 1], { onDone: () => done++ }).finally(workers.close);

    expect(results).toEqual([90_000, 0, 400, 1]);
    expect(done).toBe(4);
  });

  test("throw what the first input in that order throws, an InputError with its fields", async () => {
    const workers = await openWorkers(PROGRAM, 2);
    const thrown = await workers.map([200, -100, -1]).catch((error) => error);
    await workers.close();

    expect(thrown).toBeInstanceOf(InputError);
    expect(thrown).toMatchObject({ code: "negative", field: "number", got: -100 });
    expect(thrown.message).toBe("number: must be 0 or more (got -100)");
  });

  test("end in the midst of their work with the signal's reason", async () => {
    const workers = await openWorkers(PROGRAM, 2);
    const ending = new AbortController();
    const mapped = workers.map([60_000, 60_000, 60_000], { signal: ending.signal }).finally(workers.close);
    setTimeout(() => ending.abort(new Error("enough")), 20);

    await expect(mapped).rejects.toThrow("enough");
  });

  test("throw an error that is none of the input's as it is: the twin", async () => {
    const failing = answering(async () => Promise.reject(new TypeError("a fault of ours")));

    await expect(failing(1)).rejects.toThrow("a fault of ours");
    expect(unpack(await answering(async (x: number) => x)(1))).toBe(1);
  });
});

describe("the number of workers", () => {
  test("is what the option says, and one inside a test runner or on a GPU", () => {
    expect(readWorkers(3, "wasm")).toBe(3);
    expect(readWorkers(undefined, "wasm")).toBe(1);
    expect(readWorkers(undefined, "webgpu")).toBe(1);
  });

  test.each([0, 65, 1.5, "two", true])("is refused if it is %s", (count) => {
    expect(() => readWorkers(count, "wasm")).toThrow(
      /^--workers: must be a whole number from 1 to 64; .* \(got /,
    );
  });
});
