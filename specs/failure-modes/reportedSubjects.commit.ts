import { beforeAll, expect, test } from "vitest";
import { check } from "../../src/judging/check/check.ts";
import { startEngineUnderTest } from "../engineUnderTest.ts";
import { readReportedSubjects } from "./reportedSubjects.ts";

// Every one of them, under more seeds and with its cure, takes minutes: reportedSubjects.nightly.ts.
const small = readReportedSubjects().filter(({ name }) => name !== "landmarks-pixels");

beforeAll(async () => {
  await startEngineUnderTest();
});

test("marks behind a sigmoid are named first and cured", async () => {
  const marks = small.find(({ name }) => name === "marks-sigmoid");
  const { cause, cure } = await check(marks?.broken ?? {});

  expect(marks?.causes).toContain(cause?.name);
  expect(cure).not.toBeNull();
});

test("a crossentropy below 0 is named first", async () => {
  const colours = small.find(({ name }) => name === "ae-negative-loss");
  const { verdict, cause } = await check(colours?.broken ?? {}, { cures: false });

  expect(verdict).not.toBe("learns");
  expect(colours?.causes).toContain(cause?.name);
});

test.each(small)(
  "nothing is named in the mended program of $name",
  async ({ mended }) => {
    expect(await check(mended, { cures: false })).toMatchObject({ verdict: "learns", causes: [] });
  },
  120_000,
);
