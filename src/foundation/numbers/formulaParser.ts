// Parses formulas of numbers by precedence climbing. The grammar has no texts, lists, members, assignments or
// definitions, so nothing in a formula can run as code.

import { type FormulaFunction, formulaFunctions, modulo } from "./formulaFunctions.ts";
import { type Token, tokensOf } from "./formulaTokens.ts";

/** A formula's value for the inputs x0, x1, …, in double precision; true counts as 1, false as 0. */
export type Formula = (inputs: ArrayLike<number>) => number;

/** Deeper brackets, powers of powers or signs before signs are no formula that a person reads. */
const MOST_DEPTH = 100;

const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ["pi", Math.PI],
  ["e", Math.E],
  ["true", 1],
  ["false", 0],
]);

type Binary = (a: number, b: number) => number;
const truth = (value: boolean): number => (value ? 1 : 0);

const LOGICAL: readonly ReadonlyMap<string, Binary>[] = [
  new Map([["or", (a, b) => truth(Boolean(a || b))]]),
  new Map([["xor", (a, b) => truth(Boolean(a) !== Boolean(b))]]),
  new Map([["and", (a, b) => truth(Boolean(a && b))]]),
];
const COMPARISONS: ReadonlyMap<string, Binary> = new Map([
  ["==", (a, b) => truth(a === b)],
  ["!=", (a, b) => truth(a !== b)],
  ["<", (a, b) => truth(a < b)],
  [">", (a, b) => truth(a > b)],
  ["<=", (a, b) => truth(a <= b)],
  [">=", (a, b) => truth(a >= b)],
]);
const ARITHMETIC: readonly ReadonlyMap<string, Binary>[] = [
  new Map([
    ["+", (a, b) => a + b],
    ["-", (a, b) => a - b],
  ]),
  new Map([
    ["*", (a, b) => a * b],
    ["/", (a, b) => a / b],
    ["%", modulo],
  ]),
];
const UNARY: ReadonlyMap<string, (a: number) => number> = new Map([
  ["-", (a) => -a],
  ["+", (a) => a],
  ["not", (a) => truth(!a)],
  ["!", (a) => truth(!a)],
]);

/** Reads one formula. */
export class FormulaParser {
  readonly #tokens: readonly Token[];
  readonly #inputs: number;
  #place = 0;
  #depth = 0;

  /** @param inputs how many inputs there are: `x0` to `x<inputs − 1>`. */
  constructor(text: string, inputs: number) {
    this.#tokens = tokensOf(text);
    this.#inputs = inputs;
  }

  /** @throws {SyntaxError} whose message says what is wrong with the formula. */
  parse(): Formula {
    const formula = this.#conditional();
    if (this.#next.kind !== "end") throw this.#unexpected();
    return formula;
  }

  get #next(): Token {
    return this.#tokens[this.#place] as Token;
  }

  #take(text: string): boolean {
    const found = this.#next.kind !== "number" && this.#next.kind !== "end" && this.#next.text === text;
    if (found) this.#place++;
    return found;
  }

  #expect(text: string): void {
    if (!this.#take(text)) throw new SyntaxError(`${text} is missing before ${this.#next.text}`);
  }

  #unexpected(): SyntaxError {
    const { kind, text } = this.#next;
    if (kind === "end") return new SyntaxError("it ends where a number, an input or a bracket should follow");
    const before = this.#tokens[this.#place - 1];
    const follows = before && (kind !== "sign" || text === "(");
    return new SyntaxError(
      `${text} cannot stand ${before ? `behind ${before.text}` : "at the beginning"}${follows ? "; write * to multiply" : ""}`,
    );
  }

  /** Reads one nesting level further in, and counts the levels. */
  #deeper(read: () => Formula): Formula {
    if (++this.#depth > MOST_DEPTH)
      throw new SyntaxError(`it is nested more than ${MOST_DEPTH} deep; write it flatter`);
    const formula = read();
    this.#depth--;
    return formula;
  }

  #conditional(): Formula {
    const condition = this.#logical(0);
    if (!this.#take("?")) return condition;
    const whenTrue = this.#deeper(() => this.#conditional());
    this.#expect(":");
    const whenFalse = this.#deeper(() => this.#conditional());
    return (inputs) => (condition(inputs) ? whenTrue(inputs) : whenFalse(inputs));
  }

  #logical(level: number): Formula {
    const operators = LOGICAL[level];
    if (!operators) return this.#comparison();
    return this.#chain(operators, () => this.#logical(level + 1));
  }

  /** Reads comparisons; in a row of several, as in 0 < x0 < 1, each must hold. */
  #comparison(): Formula {
    const first = this.#arithmetic(0);
    const more: { readonly compare: Binary; readonly side: Formula }[] = [];
    for (let compare = this.#operator(COMPARISONS); compare; compare = this.#operator(COMPARISONS))
      more.push({ compare, side: this.#arithmetic(0) });
    if (more.length === 0) return first;
    return (inputs) => {
      let left = first(inputs);
      return truth(
        more.every(({ compare, side }) => {
          const right = side(inputs);
          const holds = compare(left, right) === 1;
          left = right;
          return holds;
        }),
      );
    };
  }

  #arithmetic(level: number): Formula {
    const operators = ARITHMETIC[level];
    if (!operators) return this.#unary();
    return this.#chain(operators, () => this.#arithmetic(level + 1));
  }

  /** Reads operators of equal precedence, from left to right. */
  #chain(operators: ReadonlyMap<string, Binary>, side: () => Formula): Formula {
    let left = side();
    for (let apply = this.#operator(operators); apply; apply = this.#operator(operators))
      left = joined(left, apply, side());
    return left;
  }

  #operator<Operator>(operators: ReadonlyMap<string, Operator>): Operator | undefined {
    const operator = this.#next.kind === "number" ? undefined : operators.get(this.#next.text);
    if (operator) this.#place++;
    return operator;
  }

  /** Reads a sign. Before a power it applies to the whole power: -x0^2 is -(x0^2). */
  #unary(): Formula {
    const apply = this.#operator(UNARY);
    if (!apply) return this.#power();
    const operand = this.#deeper(() => this.#unary());
    return (inputs) => apply(operand(inputs));
  }

  /** Reads a power. Powers of powers associate to the right: 2^x0^2 is 2^(x0^2). */
  #power(): Formula {
    const base = this.#operand();
    if (!this.#take("^")) return base;
    return joined(
      base,
      Math.pow,
      this.#deeper(() => this.#unary()),
    );
  }

  #operand(): Formula {
    if (this.#take("(")) {
      const inside = this.#deeper(() => this.#conditional());
      this.#expect(")");
      return inside;
    }
    const { kind, text } = this.#next;
    if (kind === "number" && Number.isFinite(Number(text))) {
      this.#place++;
      const value = Number(text);
      return () => value;
    }
    if (kind !== "name") throw this.#unexpected();
    this.#place++;
    return this.#next.kind === "sign" && this.#next.text === "(" ? this.#call(text) : this.#named(text);
  }

  #call(name: string): Formula {
    const called = formulaFunctions.get(name);
    if (!called) throw new SyntaxError(`${name} is no function of numbers known here`);
    this.#expect("(");
    const places: number[] = [];
    const given: Formula[] = [];
    while (!this.#take(")")) {
      if (given.length > 0) this.#expect(",");
      places.push(this.#place);
      given.push(this.#deeper(() => this.#conditional()));
    }
    this.#checkArguments(name, called, places);
    const { apply } = called;
    return (inputs) => apply(...given.map((argument) => argument(inputs)));
  }

  #checkArguments(name: string, { least, most, decimals }: FormulaFunction, places: readonly number[]): void {
    const count = places.length;
    if (count < least || count > most) {
      const allowed =
        most === least ? `${least}` : `${least} ${Number.isFinite(most) ? `or ${most}` : "or more"}`;
      throw new SyntaxError(`${name} takes ${allowed} argument${allowed === "1" ? "" : "s"}, not ${count}`);
    }
    if (!decimals || count < 2) return;
    const written = this.#tokens[places[1] as number] as Token;
    const alone = this.#tokens[(places[1] as number) + 1]?.text === ")";
    if (!alone || !/^(?:\d|1[0-5])$/u.test(written.text))
      throw new SyntaxError(`${name} takes a whole number from 0 to 15 as its second argument`);
  }

  #named(name: string): Formula {
    const value = CONSTANTS.get(name);
    if (value !== undefined) return () => value;
    const index = /^x(?:0|[1-9]\d*)$/u.test(name) ? Number(name.slice(1)) : Number.POSITIVE_INFINITY;
    if (index < this.#inputs) return (inputs) => inputs[index] as number;
    if (formulaFunctions.has(name)) throw new SyntaxError(`${name} is a function; write ${name}(x0)`);
    throw new SyntaxError(
      `${name} is no input: there ${this.#inputs === 1 ? "is only x0" : `are x0 to x${this.#inputs - 1}`}`,
    );
  }
}

function joined(left: Formula, apply: Binary, right: Formula): Formula {
  return (inputs) => apply(left(inputs), right(inputs));
}
