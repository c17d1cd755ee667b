/** A piece of a formula's text. */
export interface Token {
  readonly kind: "number" | "name" | "sign" | "end";
  readonly text: string;
}

const PATTERN =
  /\s*(?:(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z_]\w*)|(?<sign>\*\*|<=|>=|===?|!==?|&&|\|\||[-+*/%^(),<>?:!]))/uy;

/** Maps JavaScript's and Python's spellings to the signs and words of formulas. */
const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ["**", "^"],
  ["&&", "and"],
  ["||", "or"],
  ["===", "=="],
  ["!==", "!="],
  ["mod", "%"],
]);

/** Splits a formula into tokens. @throws {SyntaxError} for a character that no formula has. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const trimmed = text.trimEnd();
  const pattern = new RegExp(PATTERN);
  while (pattern.lastIndex < trimmed.length) {
    const from = pattern.lastIndex;
    const found = pattern.exec(trimmed)?.groups;
    if (!found) throw new SyntaxError(`${nextOf(trimmed, from)} is no part of a formula`);
    tokens.push(tokenOf(found, trimmed.slice(pattern.lastIndex)));
  }
  return [...tokens, { kind: "end", text: "the end" }];
}

function tokenOf(found: Readonly<Record<string, string | undefined>>, rest: string): Token {
  if (found.number !== undefined) {
    // `0x10` and `1_000` would otherwise be read as a number and a name.
    if (/^[\w.]/u.test(rest))
      throw new SyntaxError(`${found.number}${/^[\w.]*/u.exec(rest)?.[0]} is no number; write * to multiply`);
    return { kind: "number", text: found.number };
  }
  const text = (found.name ?? found.sign) as string;
  // mod(x, y) is a function, x mod y an operator.
  const spelled = text === "mod" && /^\s*\(/u.test(rest) ? text : (SPELLINGS.get(text) ?? text);
  return { kind: /^[A-Za-z_]/u.test(spelled) ? "name" : "sign", text: spelled };
}

/** Describes the next character, in quotes if it is not a plain sign. */
function nextOf(text: string, from: number): string {
  const [next = ""] = text.slice(from).trimStart();
  return next === "=" ? "= (an assignment)" : JSON.stringify(next);
}
