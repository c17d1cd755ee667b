import { cutText, escapeText, needsEscape } from "./printable.ts";

/** What was wrong with an input: enough for a person to mend it and for a program to find the field. */
export interface InputErrorDetails {
  /** A stable identifier of the rule that was broken, such as `out-of-range`. */
  readonly code: string;
  /** Where it is, as a path into the input (`model.filters[0]`), a file name, or an option (`--seed`). */
  readonly field: string;
  /** One sentence: the rule, and what to do next. It neither repeats the field nor what was got. */
  readonly message: string;
  /** The offending value itself. */
  readonly got: unknown;
}

const LONGEST_VALUE = 120;
/** With a value and what joins them, a whole sentence stays below 1,500 characters. */
const LONGEST_FIELD = 350;
const LONGEST_RULE = 1_000;

/** A value on one short line, with the non-JSON numbers kept visible. */
export function printValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value === "function" || typeof value === "symbol") return typeof value;
  const text = escapeText(jsonOf(value));
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

/** As JSON, or in words what JSON cannot write: nested thousands deep, circular, a bigint within. */
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
 * Its message is one line of at most 1,500 characters, whatever the field, the rule or the value quote. The command
 * line answers it with exit code 2; nothing has been written when it is thrown.
 */
export class InputError extends Error {
  readonly code: string;
  /** Where it is, on one line of at most 350 characters. */
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

/** A file's name may be empty or hold a line break: then it is shown in quotes, as JSON writes it. */
function onOneLine(field: string): string {
  return field === "" || needsEscape(field) ? escapeText(JSON.stringify(field)) : field;
}
