import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { beforeAll, describe, expect, test } from "vitest";
import { InputError } from "../../../src/foundation/input/inputError.ts";
import { calibrate } from "../../../src/lab/calibration/calibrate.ts";
import { healthyConfigs } from "../../../src/lab/calibration/healthyConfigs.ts";
import type { CalibrationItem } from "../../../src/lab/calibration/judgeItem.ts";
import { longestFirst } from "../../../src/lab/calibration/longestFirst.ts";
import { type Engine, startEngine } from "../../../src/learning/engine/startEngine.ts";
import { answering, unpack } from "../../../src/learning/workers/answer.ts";
import { readWorkers } from "../../../src/learning/workers/workerCount.ts";
import { WorkerEnded } from "../../../src/learning/workers/workerEnded.ts";
import { openWorkers } from "../../../src/learning/workers/workers.ts";
import { builtPackage } from "../../builtPackage.ts";

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

test("what takes longest is judged first, and the rest in its order", () => {
  const [box, dense, sequence] = healthyConfigs(3, 1);
  const item = (config: unknown, mutation: string | null = null) => ({ config, mutation }) as CalibrationItem;

  expect(
    longestFirst([item(box), item(box, "zeros"), item(sequence), item(dense), item(sequence, "zeros")]),
  ).toEqual([2, 4, 0, 3, 1]);
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

  test("count the calling thread, and begin in the order that is asked for", async () => {
    const begun: unknown[] = [];
    const here = async (input: unknown) => {
      begun.push(input);
      return (input as number) ** 2;
    };
    const alone = await openWorkers(PROGRAM, 1, here);
    const order = [2, 0, 1];

    expect(await alone.map([3, 4, 5], { order }).finally(alone.close)).toEqual([9, 16, 25]);
    expect(begun.splice(0)).toEqual([5, 3, 4]);

    const two = await openWorkers(PROGRAM, 2, here);
    expect(await two.map([3, 4, 5, 6]).finally(two.close)).toEqual([9, 16, 25, 36]);
    expect(begun).toContain(3);
    expect(begun).not.toContain(4);
  });

  test("end what the calling thread does when they are closed", async () => {
    const here = (_: unknown, signal: AbortSignal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      });
    const workers = await openWorkers(PROGRAM, 2, here);
    const mapped = workers.map([1, 2]);
    const ended = expect(mapped).rejects.toThrow("worker");
    await workers.close();

    await ended;
  });

  test("tell a fault of a worker that had no work", async () => {
    const workers = await openWorkers(new URL("./laterFault", import.meta.url), 1);
    const goOn = async () => {
      for (;;) await workers.map([1]);
    };

    await expect(goOn()).rejects.toThrow("later");
    await workers.close();
  });

  test("end by an error that nobody catches as Node ends them: 7 would be a handler that fails itself", async () => {
    const answer = JSON.stringify(
      pathToFileURL(join(builtPackage(), "dist/learning/workers/answer.js")).href,
    );
    const failing = `import(${answer}).then(({ answering }) => {
      answering(async () => 0);
      setTimeout(() => { throw new Error("later"); }, 0);
    })`;
    const worker = new Worker(failing, { eval: true });
    const message = new Promise((resolve) => worker.once("error", (error: Error) => resolve(error.message)));
    const code = new Promise((resolve) => worker.once("exit", resolve));

    expect(await message).toBe("later");
    expect(await code).toBe(1);
  });

  test.each([
    ["a block that is too large", new RangeError("Array buffer allocation failed")],
    [
      "a project's file that fails for want of it",
      new InputError({
        code: "invalid-project",
        field: "learnproof.config.ts",
        message: "must run without an error (it fails: Array buffer allocation failed)",
        got: "RangeError",
      }),
    ],
    [
      "a heap at its limit",
      Object.assign(new Error("Worker terminated"), { code: "ERR_WORKER_OUT_OF_MEMORY" }),
    ],
  ])("name the worker's memory where it ends: %s", async (_, thrown) => {
    const answer = await answering(() => Promise.reject(thrown))(1);

    expect(() => unpack(answer)).toThrow(WorkerEnded);
    expect(() => unpack(answer)).toThrow(/^--workers: .*memory/);
  });

  test("name the file where it fails for another reason: the twin", async () => {
    const details = { code: "invalid-project", field: "file.ts", message: "must run", got: "SyntaxError" };
    const answer = await answering(() => Promise.reject(new InputError(details)))(1);

    expect(() => unpack(answer)).toThrow(/^file.ts: /);
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
