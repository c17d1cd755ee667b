// Text that comes from files, made fit for one line of a terminal, a log or an annotation.

import { escapeText, needsEscape } from "../../foundation/input/printable.ts";

/** Nobody reads more of one value, and GitHub drops a page that is made of long ones. */
const LONGEST = 120;

/** A command that is cut short cannot be run: as long as the longest path and what stands around it. */
export const LONGEST_COMMAND = 5_000;

/** A name as it stands; one that would break a line or steer the terminal is quoted and escaped, a long one cut. */
export function plain(text: string, longest: number = LONGEST): string {
  const short = cut(text, longest);
  return needsEscape(short) ? escapeText(JSON.stringify(short)) : short;
}

/** JSON text, cut and without what JSON leaves unescaped. */
export function plainJson(json: string, longest: number = LONGEST): string {
  return escapeText(cut(json, longest));
}

/** The beginning of a text that is too long, with a word on how much was left out. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  // A character outside the basic plane takes two units, which belong together.
  const end = /[\ud800-\udbff]/.test(text.charAt(longest - 1)) ? longest - 1 : longest;
  return `${text.slice(0, end)}… (${text.length - end} more characters)`;
}
