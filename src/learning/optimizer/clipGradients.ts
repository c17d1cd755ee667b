import {
  add,
  clipByValue,
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

/** The limits on gradients that an optimizer's config may name. */
export type Limits = Pick<OptimizerConfig, "clipNorm" | "globalClipNorm" | "clipValue">;

/**
 * Shortens gradients that are longer than the config allows: element by element, then variable by variable, then all
 * together.
 *
 * @param gradients null where a variable has none. They are not disposed.
 * @returns new tensors for the caller to dispose, or null where the config sets no limit.
 */
export function clipGradients(
  { clipNorm, globalClipNorm, clipValue }: Limits,
  gradients: readonly (Tensor | null)[],
): (Tensor | null)[] | null {
  if (clipNorm === undefined && globalClipNorm === undefined && clipValue === undefined) return null;
  const present = gradients.filter((gradient) => gradient !== null);
  const clipped = tidy(() => {
    const each = present.map((gradient) => {
      const small = clipValue === undefined ? gradient : clipByValue(gradient, -clipValue, clipValue);
      return clipNorm === undefined ? small : shorten(small, squaredLength([small]), clipNorm);
    });
    if (globalClipNorm === undefined) return each;
    const length = squaredLength(each);
    return each.map((gradient) => shorten(gradient, length, globalClipNorm));
  });
  let next = 0;
  return gradients.map((gradient) => gradient && (clipped[next++] as Tensor));
}

function squaredLength(gradients: readonly Tensor[]): Scalar {
  return gradients
    .map((gradient) => sum(square(gradient)) as Scalar)
    .reduce((total, one) => add(total, one), scalar(0));
}

/** Returns the gradient times limit / max(length, limit). */
function shorten(gradient: Tensor, squared: Scalar, limit: number): Tensor {
  return mul(gradient, div(limit, maximum(sqrt(squared), limit)));
}
