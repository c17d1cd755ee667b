// A network that goes on with a text or a series must not see what it is asked for. A layer in both directions is at fault
// there alone: a tag may well depend on what comes behind.

import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { diagnose } from "../../../../src/judging/diagnosis/diagnose.ts";
import { contractOf } from "../../../../src/judging/evidence/contract/contract.ts";
import { targetsAreNotInputs } from "../../../../src/judging/law/targetsAreNotInputs.ts";
import type { OwnConfig } from "../../../../src/learning/config/schema.ts";
import { thresholds } from "../../../../src/learning/config/trainingSchema.ts";
import { createSubject } from "../../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../../src/learning/subject/defineSubject.ts";
import { train } from "../../../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const STEPS = 10;
const ROWS = 40;
const TOKENS = 6;

type Asks = "next" | "tag" | "turned round" | "two ahead";

/** A series of numbers, or of tokens. */
function drawSeries(areTokens: boolean): readonly number[] {
  const random = seedStream(3, "spec/foresight");
  return Array.from({ length: ROWS * STEPS + 3 }, () =>
    areTokens ? Math.floor(TOKENS * random.uniform()) : 2 * random.uniform() - 1,
  );
}

function tables(areTokens: boolean, asks: Asks) {
  const series = drawSeries(areTokens);
  const rows = Array.from({ length: ROWS }, (_, row) => series.slice(row * STEPS, row * STEPS + STEPS + 3));
  const targetOf = (row: readonly number[], step: number): number => {
    const at = (place: number) => row[place] as number;
    if (asks === "two ahead") return at(step + 2);
    if (asks === "turned round") return at((step + 1) % STEPS);
    return asks === "next" ? at(step + 1) : Number(at(step) + at(step + 1) > (areTokens ? TOKENS - 1 : 0));
  };
  const steps = Array.from({ length: STEPS }, (_, step) => step);
  const oneHot = (token: number) => Array.from({ length: TOKENS }, (_, one) => Number(one === token));
  return {
    inputs: areTokens
      ? rows.map((row) => row.slice(0, STEPS))
      : rows.map((row) => row.slice(0, STEPS).map((value) => [value])),
    targets: rows.map((row) =>
      steps.map((step) => {
        const target = targetOf(row, step);
        return areTokens ? oneHot(target) : [target];
      }),
    ),
  };
}

type Kind = "forwards through numbers" | "padded convolution" | "forwards" | "in both directions";

function subject(kind: Kind, asks: Asks) {
  const areTokens = kind === "forwards" || kind === "in both directions";
  const gru = () => layers.gru({ units: 4, returnSequences: true, inputShape: [STEPS, 1] });
  const reader = () => {
    if (kind === "forwards through numbers") return [gru(), layers.dense({ units: 1 })];
    const inputShape = [STEPS, 1];
    if (kind === "padded convolution")
      return [
        layers.conv1d({ filters: 4, kernelSize: 3, padding: "same", inputShape }),
        layers.dense({ units: 1 }),
      ];
    return [
      layers.embedding({ inputDim: TOKENS, outputDim: 4, inputLength: STEPS }),
      kind === "forwards" ? gru() : layers.bidirectional({ layer: gru() as never, mergeMode: "concat" }),
      layers.dense({ units: TOKENS, activation: "softmax" }),
    ];
  };
  return defineSubject({
    name: `foresight-${kind}-${asks}`.replaceAll(" ", "-"),
    buildModel: () => sequential({ layers: reader() as never }),
    loss: areTokens ? "categoricalCrossentropy" : "mse",
    classification: areTokens,
    examples: { train: tables(areTokens, asks) },
    training: { optimizer: { name: "adam", learningRate: 0.01 }, batchSize: 20, steps: 4 },
  }).config() as OwnConfig;
}

const foresightOf = async (kind: Kind, asks: Asks) =>
  (await contractOf(await createSubject(subject(kind, asks)))).foresight;

test.each<[Kind, Asks, number]>([
  ["padded convolution", "next", 1],
  ["in both directions", "next", 1],
  ["in both directions", "two ahead", 2],
])("a network sees its answers: %s, asked for %s", async (kind, asks, ahead) => {
  const foresight = await foresightOf(kind, asks);

  expect(foresight?.ahead).toBe(ahead);
  expect(foresight?.seeing).toBe(foresight?.asked);
});

test.each<[Kind, Asks]>([
  ["forwards through numbers", "next"],
  ["forwards", "next"],
  ["forwards", "two ahead"],
  ["in both directions", "tag"],
  ["in both directions", "turned round"],
  ["padded convolution", "tag"],
])("a network sees none: the twins, %s, asked for %s", async (kind, asks) => {
  expect(await foresightOf(kind, asks)).toBeNull();
});

test("the law is broken, and the cause names it although the run learns", async () => {
  const created = await createSubject(subject("padded convolution", "next"));
  const run = await train(created);
  const findings = await diagnose(created, run, { thresholds: thresholds.parse({}), verdict: "learns" });
  const context = { subject: created } as unknown as Parameters<typeof targetsAreNotInputs.measure>[0];

  expect(await targetsAreNotInputs.measure(context)).toMatchObject({ holds: false });
  expect(findings[0]).toMatchObject({ cause: "target-in-input" });
  expect(findings[0]?.evidence).toContain("the network sees its answers");
});
