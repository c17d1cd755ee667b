/** A measured number with three significant digits; `undefined` numbers (0 / 0) are said to be so. */
export function printNumber(value: number | null): string {
  if (value === null) return "undefined";
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  return size >= 1e5 || size < 1e-3 ? value.toExponential(2) : String(Number(value.toPrecision(3)));
}

/** A share as a percentage. */
export function percent(share: number): string {
  return `${printNumber(100 * share)} %`;
}
