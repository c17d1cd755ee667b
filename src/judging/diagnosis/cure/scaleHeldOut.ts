import { type Change, changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Config } from "../../../learning/config/schema.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import { findForeignScale } from "../../evidence/split/foreignScale.ts";

/**
 * Proposes to scale the held-out examples as those of training, where nearly all columns differ by their scale. If they
 * are then predicted, it was the scale alone that differed: a network that saw other numbers in training predicts none
 * of those that were moved to their place.
 */
export async function scaleHeldOut(config: Config): Promise<readonly (Change | null)[]> {
  if (config.subject !== "own") return [];
  const sides = findForeignScale(await createSubject(config));
  return sides === null ? [] : [changeConfig(config, { "data.matchHeldOut": sides })];
}
