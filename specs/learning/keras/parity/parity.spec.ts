import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { startEngine } from "../../../../src/learning/engine/startEngine.ts";
import { differenceOf, programOf, type Reference, type References } from "./compare.ts";

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

  const named = (name: string) => references.cases.find((one) => one.name === name) as Reference;

  test("is told from rows whose gradients are added up before they are squared, as on other backends", async () => {
    const adam = named("repeated rows Adam");

    const { weights } = await differenceOf(adam, { ...programOf(adam), repeatedRows: null });

    expect(weights).toBeGreaterThan(0.1);
  });

  test("is told from rows that are limited apart and squared together, as in Keras 2", async () => {
    const [limited, squared] = [named("repeated rows SGD clipvalue"), named("repeated rows Adam clipvalue")];

    const ofKeras2 = async (one: Reference) => (await differenceOf(one, programOf(one, "2.15"))).weights;

    expect(programOf(squared, "2.15").repeatedRows).toBe("limitedApart");
    expect(await ofKeras2(limited)).toBeLessThan(TOLERANCE);
    expect(await ofKeras2(squared)).toBeGreaterThan(0.01);
  });
});
