import { cutText } from "./printable.ts";

/**
 * Messages by which JavaScript engines report programming errors; they do not tell a user what to change in an input.
 */
const ENGINE_WORDING =
  /^(?:Cannot (?:read|set|destructure|convert|access|use|mix)\b|Maximum call stack|Invalid (?:array|string|typed array) length|Array buffer allocation|Class (?:constructor|extends)|Reduce of empty)|\b(?:is not (?:a function|a constructor|iterable|an object)|is (?:undefined|null)$|of (?:undefined|null)\b|\[object \w+\])/;

const LONGEST = 300;
const NONE = "no reason is given";

/**
 * Returns the first line of an error that external code threw, fit to stand in brackets within a sentence. If the error
 * has no text, or only the JavaScript engine's wording, it returns a general phrase.
 */
export function reasonOf(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : thrown;
  if (typeof message !== "string") return NONE;
  const [line = ""] = message.trim().split(/\r?\n/, 1);
  return line === "" || ENGINE_WORDING.test(line) ? NONE : cutText(line, LONGEST);
}
