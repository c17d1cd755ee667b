import fc from "fast-check";
import type { BuiltInConfig } from "../../learning/config/schema.ts";
import { healthyConfig } from "../arbitrary/healthyConfig.ts";
import { healthyDenseConfig } from "../arbitrary/healthyDenseConfig.ts";

/** The first `count` of an endless list of configs that learn: pictures of a box and formulas by turns. */
export function healthyConfigs(count: number, seed: number): BuiltInConfig[] {
  const each = { numRuns: Math.ceil(count / 2), seed };
  const boxes = fc.sample(healthyConfig(), each);
  const formulas = fc.sample(healthyDenseConfig(), each);
  return boxes
    .flatMap((box, index): BuiltInConfig[] => [box, formulas[index] as BuiltInConfig])
    .slice(0, count);
}
