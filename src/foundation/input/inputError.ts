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

/** A value on one short line, with the non-JSON numbers kept visible. */
export function printValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value === "function" || typeof value === "symbol") return typeof value;
  const text = escapeBreaks(jsonOf(value));
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

/** What ends a line or steers a terminal, and {@link JSON.stringify} leaves as it is. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]/gu;

function escapeBreaks(text: string): string {
  return text.replace(BREAKS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/**
 * Bad input or a bad environment: the caller has to change something before the harness can run.
 *
 * The command line answers it with exit code 2; nothing has been written when it is thrown.
 */
export class InputError extends Error {
  readonly code: string;
  readonly field: string;
  /** The rule that was broken and what to do next, without the field and without what was got. */
  readonly rule: string;
  readonly got: unknown;

  constructor({ code, field, message, got }: InputErrorDetails) {
    const printedField = onOneLine(field);
    super(`${printedField}: ${message} (got ${printValue(got)})`);
    this.name = "InputError";
    this.code = code;
    this.field = printedField;
    this.rule = message;
    this.got = got;
  }
}

/** A file's name may be empty or hold a line break: then it is shown in quotes, as JSON writes it. */
function onOneLine(field: string): string {
  return field === "" || field.search(BREAKS) >= 0 ? escapeBreaks(JSON.stringify(field)) : field;
}
