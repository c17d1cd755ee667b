import fc from "fast-check";
import { healthyConfig } from "../arbitrary/healthyConfig.ts";
import { healthyDenseConfig } from "../arbitrary/healthyDenseConfig.ts";
import type { CalibrationConfig } from "./mutation.ts";
import { healthySequenceConfig } from "./recurrent/healthySequenceConfig.ts";

/** The first `count` of an endless list of configs that learn: pictures of a box, formulas and sequences by turns. */
export function healthyConfigs(count: number, seed: number): CalibrationConfig[] {
  const each = { numRuns: Math.ceil(count / 3), seed };
  const boxes = fc.sample(healthyConfig(), each);
  const formulas = fc.sample(healthyDenseConfig(), each);
  const sequences = fc.sample(healthySequenceConfig(), each);
  return boxes
    .flatMap((box, index) => [box, formulas[index], sequences[index]] as CalibrationConfig[])
    .slice(0, count);
}
