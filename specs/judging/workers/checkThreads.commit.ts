import { beforeAll, describe, expect, test } from "vitest";
import { resolveWhat } from "../../../src/judging/check/what/what.ts";
import type { CureSearch } from "../../../src/judging/diagnosis/cure/attempt.ts";
import { proveCure } from "../../../src/judging/diagnosis/proveCure.ts";
import { type Examination, examine } from "../../../src/judging/examine.ts";
import { sweepAlpha } from "../../../src/judging/ladder/sweepAlpha.ts";
import { type CheckThreads, openCheckThreads } from "../../../src/judging/workers/checkThreads.ts";
import { changeConfig } from "../../../src/learning/config/changeConfig.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import type { Config } from "../../../src/learning/config/schema.ts";
import { type Engine, startEngine } from "../../../src/learning/engine/startEngine.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine({ name: "wasm" });
});

/** Zero weights behind a sigmoid: rungs fail, and several causes are likely. */
const FAILING = parseConfig({
  subject: "dense",
  model: {
    hidden: [{ units: 8, activation: "relu" }],
    outputActivation: "sigmoid",
    kernelInitializer: "zeros",
  },
  data: { examples: 64, heldOut: 16 },
  training: { steps: 200, optimizer: { name: "adam", learningRate: 0.01 } },
});

async function judge(config: Config, workers: number): Promise<[Examination, CureSearch, Spied | null]> {
  const subject = await createSubject(config);
  const threads = openCheckThreads({ config, subject, engine: engine.name, workers, worthAfter: 0 });
  const spied = threads && spyOn(threads);
  const { thresholds } = config;
  try {
    const examination = await examine(subject, { thresholds, bitExact: true, rungs: spied?.rungs });
    const options = { bitExact: true, judgesAll: true, changes: spied?.changes };
    return [examination, await proveCure(config, examination, options), spied];
  } finally {
    await threads?.close();
  }
}

interface Spied extends CheckThreads {
  /** How many rungs and how many changes threads have trained. */
  readonly trained: { rungs: number; changes: number };
}

function spyOn(threads: CheckThreads): Spied {
  const trained = { rungs: 0, changes: 0 };
  const { rungs, changes } = threads;
  return {
    ...threads,
    trained,
    rungs: {
      ...rungs,
      attempt: async (...asked) => {
        const run = await rungs.attempt(...asked);
        if (run) trained.rungs++;
        return run;
      },
    },
    changes: {
      ...changes,
      train: async (...asked) => {
        const run = await changes.train(...asked);
        if (run) trained.changes++;
        return run;
      },
    },
  };
}

describe("a check that fails", () => {
  test("is the same on one worker and on two, byte by byte", async () => {
    const [examination, search, none] = await judge(FAILING, 1);
    const text = JSON.stringify([examination, search]);

    expect(none).toBeNull();
    expect(search.attempts.length).toBeGreaterThan(2);
    const [examined, searched, spied] = await judge(FAILING, 2);
    expect(JSON.stringify([examined, searched])).toBe(text);
    expect(spied?.trained.changes).toBe(search.attempts.length);
    expect(spied?.trained.rungs).toBeGreaterThan(2);
  });

  test("trains a change itself where a thread refuses it", async () => {
    const threads = openCheckThreads({
      config: FAILING,
      subject: await createSubject(FAILING),
      engine: engine.name,
      workers: 2,
      worthAfter: 0,
    });
    const missing = { ...FAILING, subject: "table", data: { ...FAILING.data, file: "none.csv" } };
    threads?.changes.foresee([missing as unknown as Config]);

    const trained = await threads?.changes.train(missing as unknown as Config, { task: "none" });
    await threads?.close();

    expect(trained).toBeNull();
  });
});

describe("a thread makes anew what comes from files", () => {
  const brief = { steps: 15, optimizer: { name: "adam", learningRate: 0.01 } };
  const data = {
    file: "fixtures/tables/houses.csv",
    targets: ["price"],
    inputs: ["rooms", "age", "garden"],
  };

  test.each([
    ["a table", async () => parseConfig({ subject: "table", data, training: brief })],
    [
      "a saved model",
      async () =>
        parseConfig({
          subject: "saved-model",
          model: { file: "fixtures/models/keras-3-sequential/model.json", initialWeights: "drawn" },
          data,
          training: brief,
        }),
    ],
    [
      "a program that Keras trains",
      async () => {
        const { config } = await resolveWhat("fixtures/keras/captured/denseRegression");
        return changeConfig(config as Config, { "training.steps": 15 })?.config as Config;
      },
    ],
  ])("and finds the same: %s", async (_, configured) => {
    const config = await configured();
    const rungsOf = async (workers: number) => {
      const subject = await createSubject(config);
      const threads = openCheckThreads({ config, subject, engine: engine.name, workers, worthAfter: 0 });
      const spied = threads && spyOn(threads);
      const { thresholds } = config;
      const found = await examine(subject, { thresholds, bitExact: true, rungs: spied?.rungs }).finally(() =>
        threads?.close(),
      );
      return { found: JSON.stringify(found), trained: spied?.trained.rungs ?? 0 };
    };

    const alone = await rungsOf(1);
    const shared = await rungsOf(2);

    expect(shared.found).toBe(alone.found);
    expect(alone.trained).toBe(0);
    expect(shared.trained).toBeGreaterThan(0);
  });
});

test("a sweep of alpha is the same on one worker and on two", async () => {
  const config = parseConfig({
    subject: "dense",
    data: { examples: 32, heldOut: 8 },
    training: { steps: 20, loss: { name: "mse+msle" } },
  });
  const alone = await sweepAlpha(config);
  const shared = await sweepAlpha(config, { engine: engine.name, workers: 2, worthFrom: 0 });

  expect(alone.alphas).toHaveLength(8);
  expect(shared).toEqual(alone);
});
