import { closest, distance } from "fastest-levenshtein";

/** The one of the known words that a mistyped one was nearly, or null. */
export function nearest(word: unknown, known: readonly string[]): string | null {
  if (typeof word !== "string" || word === "" || known.length === 0) return null;
  const found = closest(word.toLowerCase(), known);
  const farthest = Math.max(1, Math.ceil(found.length / 3));
  return distance(word.toLowerCase(), found) <= farthest ? found : null;
}

/** The same as the end of a sentence, such as ` (did you mean check?)`; empty where no word is near. */
export function didYouMean(word: unknown, known: readonly string[]): string {
  const meant = nearest(word, known);
  return meant === null ? "" : ` (did you mean ${meant}?)`;
}
