// Sequences that are filled up behind their end. Without a mask, a recurrent network has forgotten them when it has read the
// fill; in front, or behind a mask, the fill does no harm.

import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { findSuspects } from "../../../src/judging/diagnosis/cure/suspects.ts";
import { findUnmaskedPadding } from "../../../src/judging/evidence/series/unmaskedPadding.ts";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import { changeConfig } from "../../../src/learning/config/changeConfig.ts";
import type { OwnConfig } from "../../../src/learning/config/schema.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const STEPS = 60;

type Kind = "words" | "numbers";
interface Options {
  readonly kind: Kind;
  readonly layer: "lstm" | "gru" | "bidirectional" | "pooling";
  readonly fill: "behind" | "in front";
  readonly masked?: boolean;
  /** The number that fills sequences of numbers up. */
  readonly filler?: number;
}

/** Sequences of 4 to 8 steps, of which the class of the second says the target. */
function tables(count: number, seed: number, { kind, fill, filler = 0 }: Options) {
  const random = seedStream(seed, "spec/unmaskedPadding");
  const rows = Array.from({ length: count }, (_, place) => {
    const length = 4 + Math.floor(5 * random.uniform());
    const target = place % 2;
    const words = Array.from({ length }, (_, step) =>
      step === 1 ? 1 + target : 3 + Math.floor(6 * random.uniform()),
    );
    const empty = new Array<number>(STEPS - length).fill(0);
    return { words: fill === "behind" ? [...words, ...empty] : [...empty, ...words], target };
  });
  const coded = (word: number) => (word === 0 ? [filler, filler] : [word - 4, Math.sin(word)]);
  return {
    inputs: rows.map(({ words }) => (kind === "words" ? words : words.map(coded))),
    targets: rows.map(({ target }) => [target]),
  };
}

function reader(layer: Options["layer"]) {
  if (layer === "pooling") return layers.globalMaxPooling1d();
  if (layer === "bidirectional")
    return layers.bidirectional({ layer: layers.lstm({ units: 8 }) as never, mergeMode: "concat" });
  return layer === "gru" ? layers.gru({ units: 12 }) : layers.lstm({ units: 12 });
}

function front({ kind, masked = false }: Options) {
  if (kind === "words")
    return layers.embedding({ inputDim: 10, outputDim: 6, inputLength: STEPS, maskZero: masked });
  const inputShape = [STEPS, 2];
  return masked
    ? layers.masking({ maskValue: 0, inputShape })
    : layers.activation({ activation: "linear", inputShape });
}

function subject(name: string, options: Options) {
  return defineSubject({
    name,
    buildModel: () =>
      sequential({
        layers: [front(options), reader(options.layer), layers.dense({ units: 1, activation: "sigmoid" })],
      }),
    loss: "binaryCrossentropy",
    classification: true,
    examples: { train: tables(96, 1, options), heldOut: tables(40, 2, options) },
    training: { optimizer: { name: "adam", learningRate: 0.01 }, batchSize: 32, steps: 20 },
  }).config() as OwnConfig;
}

const found = async (name: string, options: Options) =>
  findUnmaskedPadding(await createSubject(subject(name, options)));

describe("sequences that are filled up behind their end", () => {
  test.each<[string, Options]>([
    ["words read by an LSTM", { kind: "words", layer: "lstm", fill: "behind" }],
    ["words read by a GRU", { kind: "words", layer: "gru", fill: "behind" }],
    ["numbers read by an LSTM", { kind: "numbers", layer: "lstm", fill: "behind" }],
  ])("are forgotten: %s", async (what, options) => {
    const padding = await found(`forgotten-${what.replaceAll(" ", "-")}`, options);
    expect(padding).toMatchObject({ value: 0, steps: STEPS });
    expect(padding?.answer).toBeLessThan(0.03);
  });

  test.each<[string, Options]>([
    ["in front of words", { kind: "words", layer: "lstm", fill: "in front" }],
    ["behind a mask", { kind: "words", layer: "lstm", fill: "behind", masked: true }],
    ["behind a mask of numbers", { kind: "numbers", layer: "gru", fill: "behind", masked: true }],
    ["read from both ends", { kind: "words", layer: "bidirectional", fill: "behind" }],
    ["read by pooling", { kind: "words", layer: "pooling", fill: "behind" }],
  ])("do no harm %s: the twins", async (what, options) => {
    expect(await found(`heard-${what.replaceAll(" ", "-")}`, options)).toBeNull();
  });

  test.each<Kind>(["words", "numbers"])("are named first, with a mask as the cure: %s", async (kind) => {
    const config = subject(`cured-${kind}`, { kind, layer: "lstm", fill: "behind" });
    const made = await createSubject(config);
    const { findings } = await trainAndDiagnose(made, config);
    const [suspect] = await findSuspects(config, findings);
    const change = suspect?.proposals[0]?.change;

    expect(findings[0]?.cause).toBe("vanishing-gradients");
    expect(change?.values).toEqual({ "rework.masking": true });
    expect(await findUnmaskedPadding(await createSubject(change?.config as OwnConfig))).toBeNull();
  });

  test("are named where a layer masks another number, with the right one as the cure", async () => {
    const options = { kind: "numbers", layer: "gru", fill: "behind", filler: -1, masked: true } as const;
    const config = subject("wrong-mask", options);
    expect(await findUnmaskedPadding(await createSubject(config))).toMatchObject({ value: -1, masked: 0 });

    const change = changeConfig(config, { "rework.masking": -1 });
    expect(await findUnmaskedPadding(await createSubject(change?.config as OwnConfig))).toBeNull();
  });
});
