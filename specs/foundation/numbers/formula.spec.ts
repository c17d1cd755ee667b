import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseFormula } from "../../../src/foundation/numbers/formula.ts";

const at =
  (...inputs: number[]) =>
  (text: string) =>
    parseFormula(text, inputs.length)(inputs);

/** What is said of a formula of two inputs, or that it is accepted. */
function refusal(text: string): string {
  try {
    parseFormula(text, 2);
    return "accepted";
  } catch (error) {
    expect(error).toBeInstanceOf(SyntaxError);
    return (error as Error).message;
  }
}

describe("a formula", () => {
  // The numbers are math.js's, which read formulas before: what was recorded then must come out the same.
  test.each([
    ["0.25", 0.25],
    [".5 + 5. - 1e-3", 5.499],
    ["x0 * x1 + 0.5 * x0", 7],
    ["(x0 + x1) / (x0 - x1)", -5],
    ["x1 - x0 - 1", 0],
    ["12 / x1 / x0", 2],
    ["-x0^2", -4],
    ["2^-x0", 0.25],
    ["x0^x1^2", 512],
    ["x0 ** 2", 4],
    ["2 * -x0", -4],
    ["- - x0", 2],
    ["+x0", 2],
    ["-x1 % 2", 1],
    ["x1 mod 2", 1],
    ["mod(-x1, 2)", 1],
    ["mod(x1, 0)", 3],
    ["pi * e", Math.PI * Math.E],
    ["x0 < x1", 1],
    ["x0 >= x1", 0],
    ["(x0 > 1) + (x1 > 2)", 2],
    ["x0 == 2 and x1 != 2", 1],
    ["x0 === 2 && x1 < 3 || true", 1],
    ["x0 > 5 or x1 > 5", 0],
    ["x0 < x1 xor x1 > x0", 0],
    ["not x0 > 1", 0],
    ["!(x0 > 5)", 1],
    ["1 < x0 < x1", 1],
    ["1 < x0 < x0", 0],
    ["x0 > 5 ? 1 : x1 > 2 ? 2 : 3", 2],
    ["true + false", 1],
    ["round(2.5) + round(-2.5)", 0],
    ["round(1.005, 2)", 1.01],
    ["round(123.456, 1)", 123.5],
    ["max(x0, x1, 1) - min(x0, x1)", 1],
    ["max(x0)", 2],
    ["log(8, x0)", 3],
    ["log(1) + log10(100) + log2(8) + log1p(0)", 5],
    ["abs(-x0) + sqrt(4) + cbrt(27) + square(x0) + cube(x0)", 19],
    ["floor(-1.5) + ceil(1.5) + sign(-3)", -1],
    ["pow(x0, x1) + exp(0) + expm1(0)", 9],
    ["sin(0) + cos(0) + tan(0) + asin(0) + acos(1) + atan(0) + atan2(0, 1)", 1],
    ["sinh(0) + cosh(0) + tanh(0)", 1],
    ["  x0\t+ x1  ", 5],
  ])("%s is %d for x0 = 2, x1 = 3", (text, value) => {
    expect(at(2, 3)(text)).toBe(value);
  });

  test("is computed in double precision of numbers as they are", () => {
    expect(at(0.1, 0.2)("x0 + x1")).toBe(0.1 + 0.2);
    expect(at(1e-320)("x0 / 2")).toBe(5e-321);
    expect(at(0)("0 / x0")).toBeNaN();
    expect(at(0)("1 / x0")).toBe(Number.POSITIVE_INFINITY);
  });

  test("may name the last input, and no later one", () => {
    expect(parseFormula("x99", 100)(Float32Array.from({ length: 100 }, (_, index) => index))).toBe(99);
    expect(() => parseFormula("x100", 100)).toThrow("x100 is no input: there are x0 to x99");
    expect(() => parseFormula("x1", 1)).toThrow("x1 is no input: there is only x0");
  });
});

describe("a formula is refused", () => {
  test.each([
    // Code, from every side.
    ["x0.constructor", "."],
    ["constructor", "constructor is no input"],
    ["constructor(x0)", "constructor is no function"],
    ["__proto__", "__proto__ is no input"],
    ["toString()", "toString is no function"],
    ["hasOwnProperty(x0)", "hasOwnProperty is no function"],
    ["x0[0]", '"["'],
    ["x0['constructor']", '"["'],
    ["[1, 2]", '"["'],
    ["{a: 1}", '"{"'],
    ["'a'", '"\'"'],
    ['"a"', '"\\""'],
    ["`a`", '"`"'],
    ["x0 = 5", "= (an assignment)"],
    ["f(x) = f(x)", "= (an assignment)"],
    ["f(x0) = x0", "= (an assignment)"],
    ["x0 => x0", "= (an assignment)"],
    ["import(x0)", "import is no function"],
    ["eval(x0)", "eval is no function"],
    ["Function(x0)()", "Function is no function"],
    ["new Date()", "new is no input"],
    ["this", "this is no input"],
    ["process", "process is no input"],
    ["x0; x1", '";"'],
    ["x0, x1", ", cannot stand behind x0"],
    ["x0 # c", '"#"'],
    ["# c", '"#"'],
    ["2i", "2i is no number"],
    ["5 cm", "cm cannot stand behind 5"],
    ["x0'", '"\'"'],
    ["x0 | x1", '"|"'],
    ["x0 & x1", '"&"'],
    ["~x0", '"~"'],
    ["x0 << x1", "< cannot stand behind <"],
    ["x0!", "! cannot stand behind x0"],
    ["x0:x1", ": cannot stand behind x0"],
    // Numbers that are none.
    ["0x10", "0x10 is no number"],
    ["0b11", "0b11 is no number"],
    ["1_000", "1_000 is no number"],
    ["1.2.3", "1.2.3 is no number"],
    ["1e999", "1e999 cannot stand"],
    ["Infinity", "Infinity is no input"],
    ["NaN", "NaN is no input"],
    ["x00", "x00 is no input"],
    ["x-1", "x is no input"],
    ["１ + x0", '"１"'],
    // What is missing, or too much.
    ["x0 +", "it ends where"],
    ["* x0", "* cannot stand at the beginning"],
    ["(x0", ") is missing before the end"],
    ["x0)", ") cannot stand behind x0"],
    ["()", ") cannot stand behind ("],
    ["2 x0", "write * to multiply"],
    ["2x0", "write * to multiply"],
    ["x0(2)", "x0 is no function"],
    ["abs(x0)(x0)", "( cannot stand behind ); write * to multiply"],
    ["x0 ? 1", ": is missing"],
    ["sin", "sin is a function; write sin(x0)"],
    // Arguments.
    ["sin()", "sin takes 1 argument, not 0"],
    ["sin(x0, x0)", "sin takes 1 argument, not 2"],
    ["pow(x0)", "pow takes 2 arguments, not 1"],
    ["atan2(x0)", "atan2 takes 2 arguments, not 1"],
    ["mod(x0)", "mod takes 2 arguments, not 1"],
    ["max()", "max takes 1 or more arguments, not 0"],
    ["log(x0, x0, x0)", "log takes 1 or 2 arguments, not 3"],
    ["cbrt(x0, true)", "cbrt takes 1 argument, not 2"],
    ["round(x0, -1)", "whole number from 0 to 15"],
    ["round(x0, 0.5)", "whole number from 0 to 15"],
    ["round(x0, 16)", "whole number from 0 to 15"],
    ["round(x0, x1)", "whole number from 0 to 15"],
    ["round(x0, 1 + 1)", "whole number from 0 to 15"],
    ["max(x0,)", ") cannot stand"],
    ["max(, x0)", ", cannot stand"],
  ])("%s", (text, reason) => {
    expect(refusal(text)).toContain(reason);
  });

  test.each([
    ["brackets", (depth: number) => `${"(".repeat(depth)}x0${")".repeat(depth)}`],
    ["signs", (depth: number) => `${"-".repeat(depth)}x0`],
    ["not", (depth: number) => `${"not ".repeat(depth)}x0`],
    ["powers of powers", (depth: number) => `${"x0^".repeat(depth)}x0`],
    ["calls", (depth: number) => `${"sin(".repeat(depth)}x0${")".repeat(depth)}`],
    ["choices", (depth: number) => `${"x0?".repeat(depth)}1${":1".repeat(depth)}`],
  ])("for more than 100 %s within one another, however many there are", (_, nested) => {
    expect(refusal(nested(100))).toBe("accepted");
    for (const depth of [101, 500, 100_000])
      expect(refusal(nested(depth))).toContain("nested more than 100 deep");
  });

  test("but not for its length: the twin", () => {
    expect(at(1)(`x0${" + x0".repeat(199)}`)).toBe(200);
    expect(at(1, 2)(`max(${"x0, ".repeat(300)}x1)`)).toBe(2);
  });

  // Whatever is written, it is a number or one refusal: no other error, and nothing that runs.
  property.prop([
    fc.array(
      fc.constantFrom(
        ..."x0 x1 1 .5 ( ) , + - * / ^ ** ! ? : < == and or not sin( max( round( [ ] { } ' . = ; constructor __proto__".split(
          " ",
        ),
      ),
      { maxLength: 30 },
    ),
  ])("or a number, whatever is put together", (parts) => {
    const text = parts.join(" ");
    const said = refusal(text);
    expect(said === "accepted" ? typeof at(1, 2)(text) : "number").toBe("number");
    expect(said).not.toMatch(/undefined|Cannot|not a function|call stack/);
  });
});
