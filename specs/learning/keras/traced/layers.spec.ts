// Compares layers of a script's own, which are computed by their traces, with what Keras computed for them.

import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { startEngine } from "../../../../src/learning/engine/startEngine.ts";
import { differenceOf, programOf, type Reference } from "../parity/compare.ts";

interface Case extends Reference {
  readonly version: string;
}

const all = [2, 3].flatMap(
  (generation) => JSON.parse(readFileSync(`fixtures/keras/tracedLayers${generation}.json`, "utf8")) as Case[],
);
const TOLERANCE = 2e-5;

/** The largest difference of loss, gradients and moved weights in training, or of predictions in evaluation. */
async function worst(one: Case, training: boolean): Promise<number> {
  const { predictions, ...others } = one;
  const reference: Reference = training
    ? { ...others, kind: "layer", training }
    : { ...one, kind: "layer", training };
  return Math.max(...Object.values(await differenceOf(reference, programOf(reference, one.version))));
}

const named = (name: string) => all.find((one) => one.name === name) as Case;

describe("layers of a script's own", () => {
  beforeAll(async () => {
    await startEngine({ name: "wasm" });
  });

  it.each(all.map((one) => [one.name, one.version, one] as const))(
    "computes %s of Keras %s as Keras does",
    async (_name, _version, one) => {
      expect(await worst(one, true)).toBeLessThan(TOLERANCE);
      expect(await worst(one, false)).toBeLessThan(TOLERANCE);
    },
  );

  it("tells a wrong operation, a wrong weight and a lost penalty from the right ones", async () => {
    const changed = (one: Case, from: string, to: string): Case => {
      const text = JSON.stringify(one.model);
      expect(text).toContain(from);
      return { ...one, model: JSON.parse(text.replace(from, to)) };
    };
    expect(await worst(changed(named("Lambda"), '"Abs"', '"Square"'), true)).toBeGreaterThan(TOLERANCE);
    expect(await worst(changed(named("MultiHeadAttention"), '"Softmax"', '"Sigmoid"'), true)).toBeGreaterThan(
      TOLERANCE,
    );
    const seen = changed(named("masked average"), '"mask_zero":true', '"mask_zero":false');
    expect(await worst(seen, true)).toBeGreaterThan(TOLERANCE);
    const unmasked = changed(named("masked MultiHeadAttention"), '"masked":[0]', '"masked":[]');
    await expect(worst(unmasked, true)).rejects.toThrow();
    const unmade = changed(named("mask made within"), '"mask":{"inputs"', '"unread":{"inputs"');
    expect(await worst(unmade, true)).toBeGreaterThan(TOLERANCE);
    const block = named("own block");
    const [first = ""] = Object.keys(block.weights).filter((name) => name.startsWith("block/"));
    const table = block.weights[first] as { shape: number[]; values: number[] };
    const weights = { ...block.weights, [first]: { ...table, values: table.values.map((value) => -value) } };
    expect(await worst({ ...block, weights }, true)).toBeGreaterThan(TOLERANCE);
    const unpunished = changed(named("own penalty"), '"has_penalty":true', '"has_penalty":false');
    expect(await worst(unpunished, true)).toBeGreaterThan(TOLERANCE);
  });
});
