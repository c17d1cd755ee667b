import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InputError, printValue } from "../../../src/foundation/input/inputError.ts";
import { reasonOf } from "../../../src/foundation/input/reason.ts";

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

  // A right-to-left override lets a file's name end otherwise than it does.
  test.each(["\u202e", "\u2066", "\u200f", "\ufeff", "\ud800", "\u0000", "\n", "\r"])(
    "%j is escaped wherever a sentence quotes it",
    (character) => {
      const message = `must be a column of the file: a${character}b; correct it`;

      const error = new InputError({ code: "any", field: `f${character}`, message, got: [character] });

      expect(error.message).not.toContain(character);
      expect(error.rule).not.toContain(character);
      expect(error.rule).toContain("must be a column of the file: a\\u");
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
    expect(error.rule).toBe("must be 1 or more");
  });

  test("is cut once, so that what it quotes has an end and what to do is still said", () => {
    const long = "n".repeat(400_000);
    const details = {
      code: "any",
      field: `column ${long}, row 3`,
      message: `must be of: ${long}; correct it`,
    };

    const { message, field, rule } = new InputError({ ...details, got: long });

    expect(message.length).toBeLessThanOrEqual(1500);
    expect(field).toMatch(/^column n+…n+, row 3$/);
    expect(rule).toMatch(/^must be of: n+…n+; correct it$/);
    expect(message).toMatch(/\(got "n+…\)$/);
  });

  property.prop([
    fc.string({ unit: "binary", maxLength: 3000 }),
    fc.string({ unit: "binary", maxLength: 3000 }),
  ])("is one line of at most 1,500 characters, whatever it quotes", (field, message) => {
    const error = new InputError({ code: "any", field, message, got: field });

    expect(error.message.length).toBeLessThanOrEqual(1500);
    expect(error.message).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
  });
});

describe("the reason that somebody else's code gives", () => {
  test.each([
    [new Error("boom\n    at file.js:1"), "boom"],
    [new Error("Unknown layer: Twice. This may be due to …"), "Unknown layer: Twice. This may be due to …"],
    ["a text", "a text"],
    [new TypeError("Cannot read properties of undefined (reading 'shape')"), "no reason is given"],
    [new TypeError("Cannot destructure property 'name' of 'definition' as it is null"), "no reason is given"],
    [new RangeError("Maximum call stack size exceeded"), "no reason is given"],
    [new TypeError("x.slice is not a function"), "no reason is given"],
    [new TypeError("undefined is not iterable"), "no reason is given"],
    [new ReferenceError("x is not defined"), "x is not defined"],
    [new Error(""), "no reason is given"],
    [undefined, "no reason is given"],
    [7, "no reason is given"],
  ])("%s is said as %s", (thrown, reason) => {
    expect(reasonOf(thrown)).toBe(reason);
  });
});
