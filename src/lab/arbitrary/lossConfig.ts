import fc from "fast-check";
import type { LossConfig } from "../../learning/config/schema.ts";
import { coefficient, named, positive } from "./someOf.ts";

/** A loss as it may be written in a config. */
export type WrittenLoss = { readonly name: LossConfig["name"] };

/** Any loss with any of its numbers. Shrinks towards `mse`. */
export function lossConfig(): fc.Arbitrary<WrittenLoss> {
  return fc.oneof(
    { withCrossShrink: true },
    named("mse", {}),
    named("mae", {}),
    named("huber", { delta: positive }),
    named("msle", { epsilon: positive }),
    named("mse+msle", { alpha: coefficient, epsilon: positive }),
    named("binaryCrossentropy", {}),
    named("categoricalCrossentropy", {}),
  );
}
