import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dispose, train as optimizers, tensor2d } from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, it } from "vitest";
import { judgeTrace } from "../../../src/judging/trace/judgeTrace.ts";
import { readTrace, type TraceLine } from "../../../src/judging/trace/traceLine.ts";
import { watch } from "../../../src/judging/trace/watch.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { runInProcess } from "../../cli/runCli.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

const folder = mkdtempSync(join(tmpdir(), "learnproof-trace-"));
const { thresholds } = parseConfig({});

beforeAll(async () => {
  await startEngineUnderTest();
});

const inputs = Array.from({ length: 32 }, (_, row) => [Math.sin(row), Math.cos(row)] as const);
const x = () => tensor2d(inputs.map((row) => [...row]));
const y = (shift: number) => tensor2d(inputs.map(([a, b]) => [a - b + shift]));

async function train(options: {
  activation: "linear" | "relu";
  shift: number;
  watched: boolean;
  file: string;
}) {
  const model = sequential();
  const initializer = { kernelInitializer: "ones" } as const;
  model.add(layers.dense({ units: 4, activation: "relu", inputShape: [2], name: "hidden", ...initializer }));
  model.add(
    layers.dense({ units: 1, activation: options.activation, name: "answer", kernelInitializer: "zeros" }),
  );
  model.compile({ optimizer: optimizers.sgd(0.1), loss: "meanSquaredError" });
  const data = [x(), y(options.shift)] as const;
  const { history } = await model.fit(...data, {
    epochs: 40,
    batchSize: 32,
    shuffle: false,
    ...(options.watched && { callbacks: watch({ file: options.file }) }),
  });
  model.optimizer.dispose();
  model.dispose();
  dispose([...data]);
  return history.loss;
}

it("writes what fit of TensorFlow.js does at its own steps, and changes nothing of it", async () => {
  const file = join(folder, "learns.jsonl");
  const watched = await train({ activation: "linear", shift: 0, watched: true, file });
  expect(watched).toEqual(await train({ activation: "linear", shift: 0, watched: false, file }));
  const trace = readTrace(file);
  expect(trace.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 39]);
  expect(trace.map(({ loss }) => loss)).toEqual(
    [0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 39].map((step) => watched?.[step]),
  );
  const [, second] = trace;
  expect(second?.layers?.map(({ layer }) => layer)).toEqual(["hidden", "answer"]);
  for (const layer of second?.layers ?? []) {
    expect(layer.gradientNorm).toBeGreaterThan(0);
    expect(layer.updateRatio).toBeGreaterThan(0);
  }
  expect(second?.layers?.[0]?.deadFraction).toBe(0);
});

it("names dead units as the cause of a constant, and not where none are dead: the twin", async () => {
  const dead = join(folder, "dead.jsonl");
  await train({ activation: "relu", shift: -9, watched: true, file: dead });
  const judged = judgeTrace(readTrace(dead), thresholds);
  expect(judged.verdict).toBe("collapsed");
  expect(judged.causes[0]?.name).toBe("dead-relu-units");
  const twin = join(folder, "alive.jsonl");
  await train({ activation: "linear", shift: -9, watched: true, file: twin });
  expect(judgeTrace(readTrace(twin), thresholds).causes.map(({ name }) => name)).not.toContain(
    "dead-relu-units",
  );
});

const line = (step: number, of: Partial<TraceLine> = {}): TraceLine => ({ step, loss: 1, ...of });
const spread = (predictionVariance: number, meanSquaredError: number) => ({
  predictionVariance,
  targetVariance: 1,
  meanSquaredError,
});

it("judges the last measured step as it judges a run", () => {
  const verdictOf = (...trace: TraceLine[]) => judgeTrace(trace, thresholds).verdict;
  expect(verdictOf(line(0, spread(0.01, 1)), line(1, spread(0.9, 0.1)))).toBe("learns");
  expect(verdictOf(line(0, spread(0.9, 0.1)), line(1, spread(0.01, 1)))).toBe("collapsed");
  expect(verdictOf(line(0, spread(0.5, 0.6)))).toBe("stalled");
  expect(verdictOf(line(0, spread(30, 20)))).toBe("diverged");
  expect(verdictOf(line(0, spread(0.9, 0.1)), line(1, { loss: null }))).toBe("diverged");
  expect(verdictOf(line(0), line(1))).toBeNull();
});

it("names what the layers of a trace show, and lists what a trace cannot show", () => {
  const layered = (gradient: number, ratio: number) => [
    { layer: "first", gradientNorm: gradient, updateRatio: ratio },
    { layer: "last", gradientNorm: 1, updateRatio: ratio },
  ];
  const causesOf = (gradient: number, ratio: number) =>
    judgeTrace([line(0, { ...spread(0.01, 1), layers: layered(gradient, ratio) })], thresholds).causes.map(
      ({ name }) => name,
    );
  expect(causesOf(1e-5, 1e-3)).toEqual(["vanishing-gradients"]);
  expect(causesOf(1, 0)).toEqual(["no-updates"]);
  expect(causesOf(1, 1e-7)).toEqual(["learning-rate-too-low"]);
  expect(causesOf(1, 1e-3)).toEqual([]);
  const { notChecked } = judgeTrace([line(0)], thresholds);
  expect(notChecked).toEqual(
    expect.arrayContaining(["overfitsOne", "predictionsVary", "dead-relu-units", "shuffled-labels"]),
  );
  expect(judgeTrace([line(0, spread(1, 0))], thresholds).notChecked).not.toContain("predictionsVary");
});

it("judges a file by a command, leaves out a last line that was cut off, and names a line that is none", async () => {
  const file = join(folder, "cut.jsonl");
  writeFileSync(file, `${JSON.stringify(line(0, spread(0.9, 0.1)))}\n{"step": 1, "lo`);
  const { code, stdout } = await runInProcess(["judge", file, "--json"], folder);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ verdict: "learns", causes: [], steps: 1 });
  writeFileSync(file, `{"loss": 1}\n${readFileSync(file, "utf8")}`);
  expect(() => readTrace(file)).toThrow(/cut\.jsonl:1: must be an object with step and loss/);
  writeFileSync(file, "");
  expect(() => readTrace(file)).toThrow("must hold at least one measured step");
});

it("judges by what noisy data allow where the caller knows it, and says where nobody does", () => {
  const end: TraceLine = {
    step: 9,
    loss: 0.5,
    targetVariance: 1,
    predictionVariance: 0.5,
    meanSquaredError: 0.5,
  };
  const noisy = { ...thresholds, attainable: () => ({ lossOverVariance: 0.48, errorOverPrior: null }) };
  const clean = { ...thresholds, attainable: () => ({ lossOverVariance: 0.1, errorOverPrior: null }) };

  expect(judgeTrace([end], noisy).verdict).toBe("learns");
  expect(judgeTrace([end], clean)).toMatchObject({ verdict: "stalled" });
  expect(judgeTrace([end], clean).why).not.toContain("noisy");
  expect(judgeTrace([end], thresholds).why).toContain("if the data are noisy");
});
