// Makes text safe to print: one line of limited length, without characters that control a terminal.

/**
 * Characters that end a line, control a terminal, change the reading direction or cannot be encoded: control
 * characters, line and paragraph separators, bidirectional marks and overrides, halves of surrogate pairs, byte order
 * marks.
 */
const STEERING = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** Returns the text on one line, with such characters escaped as in JSON: `\u001b`. */
export function escapeText(text: string): string {
  return text.replace(STEERING, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Whether {@link escapeText} changes the text. */
export function needsEscape(text: string): boolean {
  return text.search(STEERING) >= 0;
}

/**
 * Shortens a text to at most `most` characters. It keeps the beginning and the end, where a sentence says what to do
 * next.
 *
 * @param most at least 3.
 */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = Math.floor((most - 1) / 2);
  const cut = `${text.slice(0, most - 1 - end)}…${end > 0 ? text.slice(-end) : ""}`;
  // The cut may split a surrogate pair.
  return cut.replace(/\p{Cs}/gu, "");
}
