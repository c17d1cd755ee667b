/** Prints a measured number with three significant digits; null (0 / 0) is printed as "undefined". */
export function printNumber(value: number | null): string {
  return printDigits(value, DIGITS);
}

const DIGITS = 3;
/** Digits that tell any two numbers apart. */
const MOST_DIGITS = 17;

function printDigits(value: number | null, digits: number): string {
  if (value === null) return "undefined";
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  return size >= 1e5 || size < 1e-3
    ? value.toExponential(digits - 1)
    : String(Number(value.toPrecision(digits)));
}

/**
 * Prints a measured number and the bound that it is held against. Both get more digits than three where three would print
 * them alike although they differ, so that nobody reads "0.2, must be < 0.2".
 *
 * @example printBoth(0.20004, 0.2); // ["0.20004", "0.2"]
 */
export function printBoth(measured: number | null, bound: number): readonly [string, string] {
  for (let digits = DIGITS; ; digits++) {
    const both = [printDigits(measured, digits), printDigits(bound, digits)] as const;
    if (both[0] !== both[1] || measured === bound || digits === MOST_DIGITS) return both;
  }
}

/** Prints a share as a percentage. */
export function percent(share: number): string {
  return `${printNumber(100 * share)} %`;
}
