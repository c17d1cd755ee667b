import { readdirSync } from "node:fs";
import { join } from "node:path";
import { engine } from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startEngine } from "../../../../src/learning/engine/startEngine.ts";
import { readThreads, useThreads } from "../../../../src/learning/engine/threads.ts";
import { hostOf } from "../../../../src/learning/engine/wasm/host.ts";
import "../../../../src/vitest/index.ts";
import { geometries } from "./geometries.ts";
import { answers, randomValues, type Values, wasmBackend } from "./kernels.ts";

const COUNTS = [1, 2, 3, 8];
const MOST = 8;

/** So that even the smallest kernel is shared. */
function shareAll(count: number): void {
  useThreads(count, 0);
}

function threads(): number {
  return hostOf(wasmBackend() as never).threadsFor(1);
}

beforeAll(async () => {
  // The matchers start the engine that the environment names, and threads are wasm's.
  vi.stubEnv("LEARNPROOF_ENGINE", "wasm");
  await startEngine({ name: "wasm", threads: MOST });
  shareAll(MOST);
  // Threads start on their own time, and kernels do not wait for them.
  await vi.waitUntil(() => threads() === MOST, { timeout: 100_000 });
});

/** The answers of one kernel on every number of threads. */
function onEveryCount(name: string, inputs: Readonly<Record<string, Values>>, attributes: object): unknown[] {
  return COUNTS.map((count) => {
    shareAll(count);
    return answers("wasm", name, inputs, attributes).map(({ shape, values }) => ({
      shape,
      values: Array.from(values),
    }));
  });
}

function expectOne(results: readonly unknown[]): void {
  for (const result of results) expect(result).toEqual(results[0]);
}

afterAll(() => {
  vi.unstubAllEnvs();
});

describe("a kernel gives the same bits on 1, 2, 3 and 8 threads", () => {
  test("convolutions and their gradients", () => {
    fc.assert(
      fc.property(
        geometries,
        fc.integer({ min: 1, max: 1e6 }),
        ({ xShape, filterShape, strides, dilations, pad, outShape }, seed) => {
          const x = randomValues(xShape, seed);
          const filter = randomValues(filterShape, seed + 1);
          const dy = randomValues(outShape, seed + 2);
          const attributes = { strides, pad, dilations, dataFormat: "NHWC", activation: "relu" };
          const bias = randomValues([filterShape[3]], seed + 3);
          expectOne(onEveryCount("FusedConv2D", { x, filter, bias }, attributes));
          if (dilations.some((dilation) => dilation > 1)) return;
          expectOne(onEveryCount("Conv2DBackpropFilter", { x, dy }, { ...attributes, filterShape }));
          expectOne(
            onEveryCount("Conv2DBackpropInput", { dy, filter }, { ...attributes, inputShape: xShape }),
          );
        },
      ),
      { numRuns: 20 },
    );
  });

  test("the filter's gradient over several blocks of pictures", () => {
    const x = randomValues([70, 5, 4, 6], 1);
    const dy = randomValues([70, 5, 4, 9], 2);
    const attributes = {
      strides: 1,
      pad: "same",
      dilations: 1,
      dataFormat: "NHWC",
      filterShape: [3, 3, 6, 9],
    };
    expectOne(onEveryCount("Conv2DBackpropFilter", { x, dy }, attributes));
  });

  test("matrix products", () => {
    const size = fc.integer({ min: 1, max: 70 });
    fc.assert(
      fc.property(
        size,
        size,
        size,
        fc.boolean(),
        fc.boolean(),
        (rows, depth, columns, transposeA, transposeB) => {
          const a = randomValues(transposeA ? [2, depth, rows] : [2, rows, depth], rows);
          const b = randomValues(transposeB ? [2, columns, depth] : [2, depth, columns], columns);
          const bias = randomValues([columns], depth);
          const attributes = { transposeA, transposeB, activation: "relu" };
          expectOne(onEveryCount("_FusedMatMul", { a, b, bias }, attributes));
        },
      ),
      { numRuns: 20 },
    );
  });

  test.each([1, 1023, 1024, 1025, 5000])("sums, activations and updates of %i values", (size) => {
    const x = randomValues([size], 1);
    const other = randomValues([size], 2);
    const positive = { ...x, values: Array.from(x.values, Math.abs) };
    expectOne(onEveryCount("Relu", { x }, {}));
    expectOne(onEveryCount("ClipByValue", { x }, { clipValueMin: -0.1, clipValueMax: 0.2 }));
    expectOne(onEveryCount("ReluGrad", { dy: other, x }, {}));
    expectOne(
      onEveryCount("Sum", { x: randomValues([130, (size % 97) + 1], 3) }, { axis: 0, keepDims: false }),
    );
    const scalars = {
      ...{ learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      ...{ correction1: 0.1, correction2: 0.001 },
    };
    const moments = { weights: x, gradient: other, mean: other, meanSquare: positive };
    expectOne(onEveryCount("AdamUpdate", moments, scalars));
  });

  test("and other bits where the terms of a sum change places: the twin", () => {
    const x = randomValues([4000, 1], 5);
    const turned = { ...x, values: Array.from(x.values).reverse() };
    const attributes = { axis: 0, keepDims: false };
    expect(onEveryCount("Sum", { x: turned }, attributes)).not.toEqual(
      onEveryCount("Sum", { x }, attributes),
    );
  });
});

describe("a capsule replays bit for bit", () => {
  const FOLDER = "fixtures/capsules";
  // All of them on each number of threads: threads.nightly.ts.
  const files = readdirSync(FOLDER).sort().slice(0, 3);

  test.each(files.map((file, index) => [file, [2, 3, 8][index] as number] as const))(
    "%s on %i threads",
    async (file, count) => {
      shareAll(count);
      await expect(join(FOLDER, file)).toReplay();
    },
  );
});

describe("the number of threads", () => {
  test("is what an option said, even if a later start says nothing", () => {
    expect(readThreads(2, { LEARNPROOF_THREADS: "3" })).toBe(2);
    expect(readThreads(undefined, { LEARNPROOF_THREADS: "3" })).toBe(2);
  });

  test.each([0, 65, 1.5, "two", true])("is refused if it is %s", (count) => {
    expect(() => readThreads(count)).toThrow(/^--threads: must be a whole number from 1 to 64; .* \(got /);
  });

  test("does not change where the tensors lie: one memory, shared", () => {
    expect(wasmBackend().wasm.asm.memory.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(engine().backendName).toBe("wasm");
  });
});
