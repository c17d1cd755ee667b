// Text that comes from files, made fit for one line of a terminal, a log or an annotation.

/** Nobody reads more of one value, and GitHub drops a page that is made of long ones. */
const LONGEST = 120;

/** A command that is cut short cannot be run: as long as the longest path and what stands around it. */
export const LONGEST_COMMAND = 5_000;

/** What ends a line, steers a terminal, is invisible, turns the reading direction round or is half a character. */
const STEERING = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Whether a text does more than show characters. */
export function steers(text: string): boolean {
  return STEERING.test(text);
}

/** A name as it stands; one that would break a line or steer the terminal is quoted and escaped, a long one cut. */
export function plain(text: string, longest: number = LONGEST): string {
  const short = cut(text, longest);
  return steers(short) ? escapeSteering(JSON.stringify(short)) : short;
}

/** JSON text, cut and without what JSON leaves unescaped. */
export function plainJson(json: string, longest: number = LONGEST): string {
  return escapeSteering(cut(json, longest));
}

/** The beginning of a text that is too long, with a word on how much was left out. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  // A character outside the basic plane takes two units, which belong together.
  const end = /[\ud800-\udbff]/.test(text.charAt(longest - 1)) ? longest - 1 : longest;
  return `${text.slice(0, end)}… (${text.length - end} more characters)`;
}

function escapeSteering(text: string): string {
  return Array.from(text, (character) =>
    STEERING.test(character) ? escapeUnits(character) : character,
  ).join("");
}

function escapeUnits(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
