import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { startEngine } from "../../../../src/learning/engine/startEngine.ts";
import { differenceOf, type References } from "./compare.ts";

/** Keras computes in float32 too, so both may be off by some rounding of the largest number. */
const TOLERANCE = 1e-5;
const FILE =
  process.env.LEARNPROOF_PARITY ?? new URL("../../../../fixtures/keras/parity.json", import.meta.url);
const references = JSON.parse(readFileSync(FILE, "utf8")) as References;

beforeAll(() => startEngine());

describe(`what Keras ${references.keras} computes`, () => {
  test.each(references.cases.map((reference) => [reference.name, reference] as const))(
    "%s",
    async (_name, reference) => {
      const difference = await differenceOf(reference);
      for (const [of, size] of Object.entries(difference)) expect(size, of).toBeLessThan(TOLERANCE);
    },
  );
});
