import { createRequire } from "node:module";
import type { MathNode } from "mathjs";

/** A formula's value for the inputs x0, x1, …, in double precision; true counts as 1, false as 0. */
export type Formula = (inputs: ArrayLike<number>) => number;

const FUNCTIONS = new Set(
  "abs acos asin atan atan2 cbrt ceil cos cosh cube exp expm1 floor log log10 log1p log2 max min mod pow round sign sin sinh sqrt square tan tanh".split(
    " ",
  ),
);
const CONSTANTS = new Set(["pi", "e", "true", "false"]);
const PARTS = new Set([
  "ConditionalNode",
  "ConstantNode",
  "FunctionNode",
  "OperatorNode",
  "ParenthesisNode",
  "RelationalNode",
  "SymbolNode",
]);

/** JavaScript's and Python's spellings of what math.js writes otherwise. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/\*\*/g, "^"],
  [/&&/g, " and "],
  [/\|\|/g, " or "],
  [/===/g, "=="],
];

/**
 * Parses a formula of the inputs: arithmetic (`^` is a power), comparisons, `and`, `or`, `not`, `a ? b : c`, and
 * the usual functions of numbers. Never evaluated as code: anything else is refused by name.
 *
 * @param inputs how many inputs there are: `x0` to `x<inputs − 1>`.
 * @throws {SyntaxError} whose message says what is wrong with the formula.
 */
export function parseFormula(text: string, inputs: number): Formula {
  const node = parseText(text);
  node.traverse((part, path) => refuseForeign(part, path === "fn", inputs));
  const compiled = node.compile();
  const names = namesIn(node);
  return (values) => {
    const scope = Object.fromEntries(names.map((name) => [name, values[Number(name.slice(1))] as number]));
    return Number(compiled.evaluate(scope));
  };
}

/** Loaded by the first formula: math.js takes half a second, which no other config should wait for. */
function parseText(text: string): MathNode {
  const { parse } = createRequire(import.meta.url)("mathjs/number") as typeof import("mathjs");
  try {
    return parse(SPELLINGS.reduce((spelled, [from, to]) => spelled.replace(from, to), text));
  } catch (error) {
    throw new SyntaxError((error as Error).message);
  }
}

interface Named {
  readonly name?: string;
  readonly fn?: { readonly name?: string };
  readonly value?: unknown;
}

function refuseForeign(part: MathNode, isFunctionName: boolean, inputs: number): void {
  const { name = "", fn, value } = part as Named;
  if (!PARTS.has(part.type)) throw new SyntaxError(`${part.toString()} is more than arithmetic`);
  if (part.type === "ConstantNode" && typeof value !== "number" && typeof value !== "boolean")
    throw new SyntaxError(`${part.toString()} is no number`);
  if (part.type === "FunctionNode" && !FUNCTIONS.has(fn?.name ?? ""))
    throw new SyntaxError(`${fn?.name ?? part.toString()} is no function of numbers known here`);
  if (part.type !== "SymbolNode" || isFunctionName || CONSTANTS.has(name)) return;
  if (!isInput(name) || Number(name.slice(1)) >= inputs)
    throw new SyntaxError(
      `${name} is no input: there ${inputs === 1 ? "is only x0" : `are x0 to x${inputs - 1}`}`,
    );
}

function isInput(name: string): boolean {
  return /^x(0|[1-9]\d*)$/.test(name);
}

function namesIn(node: MathNode): string[] {
  const names = new Set<string>();
  node.traverse((part) => {
    const { name = "" } = part as Named;
    if (part.type === "SymbolNode" && isInput(name)) names.add(name);
  });
  return [...names];
}
