import { describe, expect, test } from "vitest";
import { newFailures, staleRows, unlistedFailures } from "./compare.ts";

const KNOWN = [{ reason: "no kernel", tests: ["a", "b"] }];

describe("comparing two runs of a suite", () => {
  test("names a test that passed and fails now, with its reason", () => {
    expect(newFailures({ a: null, b: "old" }, { a: "wrong", b: "old" })).toEqual({ a: "wrong" });
  });

  test("names a test that passed and is gone", () => {
    expect(newFailures({ a: null }, {})).toEqual({ a: "did not run" });
  });

  test("names nothing where only more passes", () => {
    expect(newFailures({ a: null, b: "old" }, { a: null, b: null })).toEqual({});
  });
});

describe("comparing a run with the list of known failures", () => {
  test("finds nothing where each listed test fails and no other", () => {
    const outcomes = { a: "no kernel", b: "no kernel", c: null };

    expect(unlistedFailures(KNOWN, outcomes)).toEqual({});
    expect(staleRows(KNOWN, outcomes)).toEqual([]);
  });

  test("names a failure that is not listed", () => {
    expect(unlistedFailures(KNOWN, { a: "no kernel", c: "wrong" })).toEqual({ c: "wrong" });
  });

  test("names the rows of tests that pass, and of tests that are gone", () => {
    expect(staleRows(KNOWN, { a: null })).toEqual(["a", "b"]);
  });
});
