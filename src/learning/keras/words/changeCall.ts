// Changes an argument of a call that does not name it yet.

import type { KerasEdit } from "./edit.ts";

/** The argument that an optimizer takes first, without its name. */
const FIRST = "learning_rate";

/**
 * Replaces the first argument of a call, or adds one behind the last.
 *
 * @param text the source, in which the call stands once.
 * @returns null where the source does not show the whole call, or the argument may be there without its name.
 */
export function changeCall(
  text: string,
  call: string,
  argument: string,
  value: string,
): KerasEdit["replace"] {
  const start = text.indexOf(`${call}(`);
  const inner = start < 0 ? null : textInBrackets(text.slice(start + call.length));
  if (inner === null) return null;
  const parts = argumentsOf(inner);
  const [first] = parts;
  const unnamed = parts.filter((part) => !/^\w+\s*=/.test(part)).length;
  if (argument === FIRST && first !== undefined && unnamed > 0)
    return { find: `${call}(${first}`, with: `${call}(${value}` };
  if (unnamed > 1) return null;
  const written = `${argument}=${value}`;
  const last = parts.at(-1);
  if (last === undefined) return inner === "" ? { find: `${call}()`, with: `${call}(${written})` } : null;
  const find = `${last})`;
  const isFirst = text.indexOf(find) + find.length === start + call.length + inner.length + 2;
  return isFirst ? { find, with: `${last}, ${written})` } : null;
}

/** The text between a bracket, at which `text` begins, and the one that closes it; null if none does. */
function textInBrackets(text: string): string | null {
  let depth = 0;
  for (const [place, letter] of [...text].entries()) {
    depth += depthOf(letter);
    if (depth === 0) return text.slice(1, place);
  }
  return null;
}

/** The arguments of a call, without the space around them. */
function argumentsOf(inner: string): string[] {
  let [depth, current] = [0, ""];
  const found: string[] = [];
  for (const letter of inner) {
    depth += depthOf(letter);
    if (letter === "," && depth === 0) {
      found.push(current.trim());
      current = "";
    } else current += letter;
  }
  return [...found, current.trim()].filter((part) => part !== "");
}

function depthOf(letter: string): number {
  if ("([{".includes(letter)) return 1;
  return ")]}".includes(letter) ? -1 : 0;
}
