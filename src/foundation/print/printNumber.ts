/** Prints a measured number with three significant digits; null (0 / 0) is printed as "undefined". */
export function printNumber(value: number | null): string {
  if (value === null) return "undefined";
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  return size >= 1e5 || size < 1e-3 ? value.toExponential(2) : String(Number(value.toPrecision(3)));
}

/** Prints a share as a percentage. */
export function percent(share: number): string {
  return `${printNumber(100 * share)} %`;
}
