// What a person reads is one line that steers no terminal and has an end, whatever it quotes.

/**
 * What ends a line, steers a terminal, turns the reading direction round or cannot be encoded: control characters,
 * line and paragraph separators, bidirectional marks and overrides, halves of surrogate pairs, byte order marks.
 */
const STEERING = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** The text on one line: what steers a terminal is written as JSON would, `\u001b`. */
export function escapeText(text: string): string {
  return text.replace(STEERING, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Whether {@link escapeText} changes the text. */
export function needsEscape(text: string): boolean {
  return text.search(STEERING) >= 0;
}

/**
 * At most so many characters: of a longer text the beginning and the end, where a sentence says what to do next.
 *
 * @param most 3 at least.
 */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = Math.floor((most - 1) / 2);
  const cut = `${text.slice(0, most - 1 - end)}…${end > 0 ? text.slice(-end) : ""}`;
  // A cut may part a surrogate pair.
  return cut.replace(/\p{Cs}/gu, "");
}
