import { InputError } from "../foundation/input/inputError.ts";

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/**
 * Reads a time such as `90s`, `10m` or `1h`; a bare number means seconds.
 *
 * @throws {InputError} naming the option if it is anything else.
 */
export function parseSeconds(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, number, unit = "s"] = /^(\d+(?:\.\d+)?)\s*([smh])?$/.exec(text) ?? [];
  const seconds = Number(number) * (UNITS[unit] as number);
  if (seconds > 0) return seconds;
  throw new InputError({
    code: "invalid-option",
    field: option,
    message: "must be a time above 0, such as 90s, 10m or 1h; correct it",
    got: text,
  });
}
