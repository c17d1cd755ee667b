import { cutText, escapeText, needsEscape } from "./printable.ts";

/** The details of a wrong input, for a person who corrects it and for a program that finds the field. */
export interface InputErrorDetails {
  /** A stable identifier of the rule that was broken, such as `out-of-range`. */
  readonly code: string;
  /** The wrong field, as a path into the input (`model.filters[0]`), a file name, or an option (`--seed`). */
  readonly field: string;
  /** One sentence that gives the rule and what to do next. It repeats neither the field nor the value. */
  readonly message: string;
  /** The offending value itself. */
  readonly got: unknown;
}

const LONGEST_VALUE = 120;
/** With these limits, the whole sentence, including a value, stays below 1,500 characters. */
const LONGEST_FIELD = 350;
const LONGEST_RULE = 1_000;

/** Prints a value on one short line; NaN and infinities, which JSON lacks, are printed by name. */
export function printValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value === "function" || typeof value === "symbol") return typeof value;
  const text = escapeText(jsonOf(value));
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

/**
 * Prints a value as JSON, or describes in words what JSON cannot represent: values nested thousands deep or circular,
 * and those with a bigint.
 */
function jsonOf(value: unknown): string {
  try {
    const text: string | undefined = JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === "number" && !Number.isFinite(inner) ? String(inner) : inner,
    );
    return text ?? typeof value;
  } catch {
    return Array.isArray(value) ? "a list too deep to print" : "an object too deep to print";
  }
}

/**
 * Bad input or a bad environment: the caller has to change something before the harness can run.
 *
 * Its message is one line of at most 1,500 characters, however long the field, the rule or the value are. The command
 * line answers it with exit code 2; nothing has been written when it is thrown.
 */
export class InputError extends Error {
  readonly code: string;
  /** The wrong field, on one line of at most 350 characters. */
  readonly field: string;
  /** The rule and what to do next, without field and value, on one line of at most 1,000 characters. */
  readonly rule: string;
  readonly got: unknown;

  constructor({ code, field, message, got }: InputErrorDetails) {
    const printedField = cutText(onOneLine(field), LONGEST_FIELD);
    const rule = cutText(escapeText(message), LONGEST_RULE);
    super(`${printedField}: ${rule} (got ${printValue(got)})`);
    this.name = "InputError";
    this.code = code;
    this.field = printedField;
    this.rule = rule;
    this.got = got;
  }
}

/** Prints a field on one line. A file's name may be empty or contain a line break; it is then quoted, as in JSON. */
function onOneLine(field: string): string {
  return field === "" || needsEscape(field) ? escapeText(JSON.stringify(field)) : field;
}
