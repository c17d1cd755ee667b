import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InputError, printValue } from "../../../src/foundation/input/inputError.ts";

/** JSON.parse takes what no recursive function does. */
function nested(depth: number): unknown {
  return JSON.parse("[".repeat(depth) + "]".repeat(depth));
}

describe("an error", () => {
  test("keeps its rule, without the field and without what was got", () => {
    const error = new InputError({
      code: "x",
      field: "a",
      message: "must be (got) 1: write it",
      got: "b (got c)",
    });

    expect(error.rule).toBe("must be (got) 1: write it");
    expect(error.message).toBe('a: must be (got) 1: write it (got "b (got c)")');
  });
});

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

  const circular: Record<string, unknown> = {};
  circular.self = circular;

  // JSON.stringify throws on each of these, or answers undefined.
  test.each([
    ["a list nested 100,000 deep", nested(100_000), "a list too deep to print"],
    ["an object that holds itself", circular, "an object too deep to print"],
    ["a list with a bigint", [1n], "a list too deep to print"],
    ["an object whose JSON is nothing", { toJSON: () => undefined }, "object"],
  ])("%s is named in words", (_, value, words) => {
    expect(printValue(value)).toBe(words);
  });

  // A terminal takes U+009B for the start of an escape sequence, and U+0085 or U+2028 may end a line.
  test.each(["\u0085", "\u009b", "\u2028", "\u2029", "\u007f", "\u001b"])(
    "%j is escaped, in a value and in a field",
    (character) => {
      const details = { code: "any", field: `${character}b`, message: "must be", got: character };

      const { message } = new InputError(details);

      const escaped = `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
      expect(message).toBe(`"${escaped}b": must be (got "${escaped}")`);
    },
  );

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
