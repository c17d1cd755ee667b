// Changes an argument of a call that does not name it yet.

import type { KerasEdit } from "./edit.ts";
import { argumentsAt } from "./expression.ts";

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
  const written = start < 0 ? null : argumentsAt(text, start + call.length);
  if (written === null) return null;
  const { parts, close } = written;
  const [first] = parts;
  const unnamed = parts.filter((part) => !/^\w+\s*=(?!=)/.test(part)).length;
  if (argument === FIRST && first !== undefined && unnamed > 0)
    return {
      find: text.slice(start, text.indexOf(first, start + call.length) + first.length),
      with: `${call}(${value}`,
    };
  if (unnamed > 1) return null;
  const added = `${argument}=${value}`;
  const last = parts.at(-1);
  if (last === undefined) return { find: text.slice(start, close + 1), with: `${call}(${added})` };
  const find = text.slice(text.lastIndexOf(last, close), close + 1);
  const isFirst = text.indexOf(find) + find.length === close + 1;
  return isFirst ? { find, with: `${last}, ${added})` } : null;
}
