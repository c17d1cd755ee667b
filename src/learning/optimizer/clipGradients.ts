import {
  add,
  clipByValue,
  dispose,
  div,
  maximum,
  mul,
  type Scalar,
  scalar,
  sqrt,
  square,
  sum,
  type Tensor,
  tidy,
} from "@tensorflow/tfjs-core";
import type { OptimizerConfig } from "../config/schema.ts";
import type { Lookup } from "../engine/lookups.ts";
import { sumOfRows } from "./repeatedRows.ts";

/** The limits on gradients that an optimizer's config may name. */
export type Limits = Pick<OptimizerConfig, "clipNorm" | "globalClipNorm" | "clipValue">;

/** The gradient of a variable, and those of its lookups where they are known. */
export interface Slope {
  readonly gradient: Tensor;
  readonly lookups: readonly Lookup[] | null;
}

/**
 * Shortens gradients that are longer than the config allows: element by element, then variable by variable, then all
 * together. Where lookups are known, each of their elements counts by itself.
 *
 * @param slopes null where a variable has no gradient. They are not disposed.
 * @returns slopes whose tensors are new, but for the rows of lookups, for the caller to dispose by {@link disposeClipped}; null
 * where the config sets no limit.
 */
export function clipGradients(
  { clipNorm, globalClipNorm, clipValue }: Limits,
  slopes: readonly (Slope | null)[],
): (Slope | null)[] | null {
  if (clipNorm === undefined && globalClipNorm === undefined && clipValue === undefined) return null;
  const present = slopes.filter((slope) => slope !== null);
  let clipped: readonly Slope[] = [];
  tidy(() => {
    const each = present.map((slope) => {
      const small = clipValue === undefined ? slope : bounded(slope, clipValue);
      return clipNorm === undefined ? small : shorten(small, squaredLength([small]), clipNorm);
    });
    const length = globalClipNorm === undefined ? null : squaredLength(each);
    clipped = length === null ? each : each.map((slope) => shorten(slope, length, globalClipNorm as number));
    return clipped.flatMap(tensorsOf);
  });
  let next = 0;
  return slopes.map((slope) => slope && (clipped[next++] as Slope));
}

/** Disposes what {@link clipGradients} made. */
export function disposeClipped(slopes: readonly (Slope | null)[]): void {
  for (const slope of slopes) if (slope) dispose(tensorsOf(slope));
}

function tensorsOf({ gradient, lookups }: Slope): Tensor[] {
  return [gradient, ...(lookups ?? []).map(({ gradients }) => gradients)];
}

function squaredLength(slopes: readonly Slope[]): Scalar {
  return slopes
    .flatMap(({ gradient, lookups }) => lookups?.map(({ gradients }) => gradients) ?? [gradient])
    .map((gradient) => sum(square(gradient)) as Scalar)
    .reduce((total, one) => add(total, one), scalar(0));
}

/** Returns the slope times limit / max(length, limit). */
function shorten(slope: Slope, squared: Scalar, limit: number): Slope {
  const factor = div(limit, maximum(sqrt(squared), limit));
  return changed(slope, (gradient) => mul(gradient, factor));
}

function bounded(slope: Slope, limit: number): Slope {
  const each = changed(slope, (gradient) => clipByValue(gradient, -limit, limit));
  if (each.lookups === null) return each;
  return { ...each, gradient: sumOfRows(each.lookups, slope.gradient.shape[0] as number, (one) => one) };
}

function changed({ gradient, lookups }: Slope, change: (tensor: Tensor) => Tensor): Slope {
  return {
    gradient: change(gradient),
    lookups: lookups?.map(({ rows, gradients }) => ({ rows, gradients: change(gradients) })) ?? null,
  };
}
