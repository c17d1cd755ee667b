import fc from "fast-check";

/** Each field present or left out, which means its default; shrinks towards leaving it out. */
export function someOf<T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> {
  return fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;
}

/** The fields of a choice by name: the name always, the others present or left to their defaults. */
export function named<const N extends string, T>(
  name: N,
  fields: { [K in keyof T]: fc.Arbitrary<T[K]> },
): fc.Arbitrary<{ name: N } & Partial<T>> {
  return someOf(fields).map((chosen) => ({ name, ...chosen }));
}

/** From 0 to just below 1. */
export const fraction: fc.Arbitrary<number> = fc.double({ min: 0, max: 0.999, noNaN: true });
/** From 0 to 10. */
export const coefficient: fc.Arbitrary<number> = fc.double({ min: 0, max: 10, noNaN: true });
/** From 1e-9 to 10. */
export const positive: fc.Arbitrary<number> = fc.double({ min: 1e-9, max: 10, noNaN: true });
/** An interval with whole ends within ±1000. */
export const range: fc.Arbitrary<readonly [number, number]> = fc
  .tuple(fc.integer({ min: -1000, max: 999 }), fc.integer({ min: 1, max: 1000 }))
  .map(([low, length]) => [low, low + length] as const);
