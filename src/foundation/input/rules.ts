import { z } from "zod";

/** A whole number from `min` to `max`, both included. */
export function wholeNumber(min: number, max: number): z.ZodNumber {
  const rule = `must be a whole number from ${min} to ${max}`;
  return z.number({ error: rule }).int(rule).min(min, rule).max(max, rule);
}

/** A finite number from `min` to `max`, both included. */
export function realNumber(min: number, max: number): z.ZodNumber {
  const rule = `must be a number from ${min} to ${max}`;
  return z.number({ error: rule }).min(min, rule).max(max, rule);
}

/** A finite number above `min` (not included) and at most `max`. */
export function numberAbove(min: number, max: number): z.ZodNumber {
  const rule = `must be a number above ${min} and at most ${max}`;
  return z.number({ error: rule }).gt(min, rule).max(max, rule);
}

/** A finite number from `min` (included) to below `max`. */
export function numberBelow(min: number, max: number): z.ZodNumber {
  const rule = `must be a number from ${min} to below ${max}`;
  return z.number({ error: rule }).min(min, rule).lt(max, rule);
}

/** One of a few words, listed in the error. */
export function oneOf<const T extends readonly [string, ...string[]]>(
  words: T,
): z.ZodEnum<{ [K in T[number]]: K }> {
  return z.enum(words, { error: `must be one of ${words.map((word) => `"${word}"`).join(", ")}` });
}

/**
 * The largest number of weights in a network. With the copies that training makes, more do not fit in a WebAssembly
 * memory.
 */
export const mostWeights = 50_000_000;

/** The largest number of examples in a set. */
export const mostExamples = 1_000_000;

const LARGEST_END = 1e6;
const RANGE_RULE = `must be two numbers, the lower one first, each within ±${LARGEST_END}`;

/** A closed interval `[low, high]` of finite length. */
export type Range = readonly [low: number, high: number];

/** A closed interval, `low < high`. */
export const range: z.ZodType<Range> = z
  .tuple([z.number(RANGE_RULE), z.number(RANGE_RULE)], { error: RANGE_RULE })
  .refine(([low, high]) => low < high && Math.abs(low) <= LARGEST_END && Math.abs(high) <= LARGEST_END, {
    error: RANGE_RULE,
  });
