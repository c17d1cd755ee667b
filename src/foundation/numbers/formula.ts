import { type Formula, FormulaParser } from "./formulaParser.ts";

export type { Formula };

/**
 * Parses a formula of the inputs: `+ - * / %` and `^` (a power), comparisons, `and`, `or`, `xor`, `not`, `a ? b : c`,
 * the constants `pi` and `e`, and the usual functions of numbers. JavaScript's and Python's `**`, `&&`, `||`, `!` and
 * `===` are understood. Nothing is evaluated as code: anything else is refused by name.
 *
 * @param inputs how many inputs there are: `x0` to `x<inputs − 1>`.
 * @throws {SyntaxError} whose message says what is wrong with the formula: a part that is none, a function with another
 *   number of arguments, brackets more than 100 deep.
 */
export function parseFormula(text: string, inputs: number): Formula {
  return new FormulaParser(text, inputs).parse();
}
