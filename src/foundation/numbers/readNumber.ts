/** A decimal number as tables spell it; JavaScript's `0x10`, `0b11`, `1_000` and `Infinity` do not match. */
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Reads a number from a text, as float32; NaN if the text is not a number, or float32 cannot hold it. */
export function readNumber(text: string): number {
  if (!DECIMAL.test(text)) return Number.NaN;
  const value = Math.fround(Number(text));
  return Number.isFinite(value) ? value : Number.NaN;
}
