/** A decimal number as tables spell it: JavaScript's `0x10`, `0b11`, `1_000` and `Infinity` are none. */
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The number that a text spells, as float32; NaN where it spells none, or one that float32 cannot hold. */
export function readNumber(text: string): number {
  if (!DECIMAL.test(text)) return Number.NaN;
  const value = Math.fround(Number(text));
  return Number.isFinite(value) ? value : Number.NaN;
}
