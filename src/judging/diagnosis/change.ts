import { type Change, changeConfig } from "../../learning/config/changeConfig.ts";
import { kindOf } from "../../learning/config/kinds/kinds.ts";
import { hasOwnOptimizer } from "../../learning/config/ownDefaults.ts";
import { resize } from "../../learning/config/resize.ts";
import type { Config } from "../../learning/config/schema.ts";

/** A learning rate `factor` times as large, in at most 3 digits; null where an optimizer of the user's has the rate. */
export function scaleLearningRate(config: Config, factor: number): Change | null {
  if (hasOwnOptimizer(config)) return null;
  const rate = Number((config.training.optimizer.learningRate * factor).toPrecision(3));
  return changeConfig(config, { "training.optimizer.learningRate": rate });
}

/** Multiplies the number of training steps by `factor`. */
export function scaleSteps(config: Config, factor: number): Change | null {
  return changeConfig(config, { "training.steps": config.training.steps * factor });
}

/** Replaces the activation of every hidden layer. */
export function changeActivation(config: Config, activation: string): Change | null {
  return changeConfig(config, kindOf(config).activate(config, activation));
}

/** Multiplies the width of every layer but the output by `factor`; adds a hidden layer if there is none. */
export function scaleWidth(config: Config, factor: number): Change | null {
  return changeConfig(config, resize(config, factor));
}
