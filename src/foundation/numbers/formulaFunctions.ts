/** A function that a formula may call: how many arguments it takes, and what it does with them. */
export interface FormulaFunction {
  readonly least: number;
  readonly most: number;
  apply(...values: readonly number[]): number;
  /** Whether the last of two arguments must be written as a whole number from 0 to 15. */
  readonly decimals?: boolean;
}

const one = (apply: (x: number) => number): FormulaFunction => ({ least: 1, most: 1, apply });
const two = (apply: (x: number, y: number) => number): FormulaFunction => ({ least: 2, most: 2, apply });
const any = (apply: (...values: readonly number[]) => number): FormulaFunction => ({
  least: 1,
  most: Number.POSITIVE_INFINITY,
  apply,
});

/** Every function that a formula may call, by name. */
export const formulaFunctions: ReadonlyMap<string, FormulaFunction> = new Map(
  Object.entries({
    abs: one(Math.abs),
    acos: one(Math.acos),
    asin: one(Math.asin),
    atan: one(Math.atan),
    atan2: two(Math.atan2),
    cbrt: one(Math.cbrt),
    ceil: one(Math.ceil),
    cos: one(Math.cos),
    cosh: one(Math.cosh),
    cube: one((x) => x * x * x),
    exp: one(Math.exp),
    expm1: one(Math.expm1),
    floor: one(Math.floor),
    log: { least: 1, most: 2, apply: logarithm },
    log10: one(Math.log10),
    log1p: one(Math.log1p),
    log2: one(Math.log2),
    max: any(Math.max),
    min: any(Math.min),
    mod: two(modulo),
    pow: two(Math.pow),
    round: { least: 1, most: 2, apply: round, decimals: true },
    sign: one(Math.sign),
    sin: one(Math.sin),
    sinh: one(Math.sinh),
    sqrt: one(Math.sqrt),
    square: one((x) => x * x),
    tan: one(Math.tan),
    tanh: one(Math.tanh),
  }),
);

/** Computes the natural logarithm, or the logarithm to a given base. */
function logarithm(x: number, base?: number): number {
  return base === undefined ? Math.log(x) : Math.log(x) / Math.log(base);
}

/** Computes the remainder of x divided by y, with the sign of y; x itself if y is 0. */
export function modulo(x: number, y: number): number {
  return y === 0 ? x : x - y * Math.floor(x / y);
}

/** Rounds a number to `decimals` decimal places by its decimal digits, halves away from zero. */
function round(x: number, decimals = 0): number {
  if (!Number.isFinite(x)) return x;
  const shifted = Math.round(shift(Math.abs(x), decimals));
  return (x < 0 ? -1 : 1) * shift(shifted, -decimals);
}

/** Multiplies a number by a power of ten, exactly in its decimal digits. */
function shift(x: number, places: number): number {
  const [digits, exponent] = x.toExponential().split("e");
  return Number(`${digits}e${Number(exponent) + places}`);
}
