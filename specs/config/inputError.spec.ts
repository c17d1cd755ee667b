import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InputError, printValue } from "../../src/config/inputError.ts";

describe("a value in an error", () => {
  test.each([
    [undefined, "nothing"],
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "Infinity"],
    [-0.5, "-0.5"],
    ["1", '"1"'],
    [null, "null"],
    [[1, Number.NaN], '[1,"NaN"]'],
    [{ name: "mse" }, '{"name":"mse"}'],
    [3n, "3"],
    [() => 1, "function"],
  ])("%s is printed as %s", (value, text) => {
    expect(printValue(value)).toBe(text);
  });

  // JSON.stringify alone would print NaN as null, and a whole file where a file is the value.
  property.prop([fc.oneof(fc.jsonValue(), fc.double(), fc.string({ minLength: 500 }))])(
    "is one short line whatever it is",
    (value) => {
      const text = printValue(value);

      expect([...text].filter((character) => character < " ")).toEqual([]);
      expect(text.length).toBeLessThanOrEqual(121);
    },
  );
});

describe("an input error", () => {
  test("is an Error whose message says field, rule and value, and that a program can take apart", () => {
    const details = { code: "out-of-range", field: "seed", message: "must be 1 or more", got: 0 };

    const error = new InputError(details);

    expect(error).toBeInstanceOf(Error);
    expect(error.message).toBe("seed: must be 1 or more (got 0)");
    expect(error).toMatchObject({ name: "InputError", code: "out-of-range", field: "seed", got: 0 });
  });
});
