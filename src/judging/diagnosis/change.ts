import { type Change, changeConfig, type Values } from "../../learning/config/changeConfig.ts";
import { kindOf } from "../../learning/config/kinds/kinds.ts";
import { hasOwnLoss, hasOwnOptimizer } from "../../learning/config/ownDefaults.ts";
import { resize } from "../../learning/config/resize.ts";
import type { Config, OptimizerConfig } from "../../learning/config/schema.ts";
import { createSubject } from "../../learning/subject/createSubject.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import { fittingLoss, withoutSame } from "./cure/fittingLoss.ts";

/** A learning rate `factor` times as large, in at most 3 digits; null where an optimizer of the user's has the rate. */
export function scaleLearningRate(config: Config, factor: number): Change | null {
  if (hasOwnOptimizer(config)) return null;
  const rate = Number((config.training.optimizer.learningRate * factor).toPrecision(3));
  return changeConfig(config, { "training.optimizer.learningRate": rate });
}

/** The rates that people begin with. */
const USUAL_RATES: Readonly<Record<OptimizerConfig["name"], number>> = {
  adam: 0.001,
  nadam: 0.001,
  adamax: 0.001,
  rmsprop: 0.001,
  sgd: 0.01,
  momentum: 0.01,
  adagrad: 0.01,
  adadelta: 1,
  lion: 0.0001,
  ftrl: 0.01,
  adafactor: 0.01,
  lamb: 0.001,
  muon: 0.001,
};

/** Optimizers whose steps are about as long as their rate, whatever the gradient, so that one rate suits most networks. */
const OF_OWN_LENGTH = /^(adam|nadam|adamax|rmsprop|adadelta|lion)$/;

/** Whether an optimizer makes steps of the length that people begin with, or longer ones. */
export function hasUsualRate({ optimizer }: Pick<Subject, "optimizer">): boolean {
  if (typeof optimizer === "function" || !OF_OWN_LENGTH.test(optimizer.name)) return false;
  return optimizer.learningRate >= USUAL_RATES[optimizer.name];
}

/** A rate at least this many times as far from the usual one is set to that at once. */
const FAR_OFF = 10;

/** The optimizer's usual learning rate, for one that is ten times too small or more; null for any other. */
export function raiseToUsualRate(config: Config): Change | null {
  if (hasOwnOptimizer(config)) return null;
  const { name, learningRate } = config.training.optimizer;
  const usual = USUAL_RATES[name];
  return learningRate * FAR_OFF > usual
    ? null
    : changeConfig(config, { "training.optimizer.learningRate": usual });
}

/** Multiplies the number of training steps by `factor`. */
export function scaleSteps(config: Config, factor: number): Change | null {
  return changeConfig(config, { "training.steps": config.training.steps * factor });
}

/** Multiplies both the learning rate and the number of steps. */
export function scaleRateAndSteps(config: Config, rate: number, steps: number): Change | null {
  const values = scaleLearningRate(config, rate)?.values;
  return (
    (values && changeConfig(config, { ...values, "training.steps": config.training.steps * steps })) ?? null
  );
}

/** Replaces the activation of every hidden layer. */
export function changeActivation(config: Config, activation: string): Change | null {
  return changeConfig(config, kindOf(config).activate(config, activation));
}

/** Multiplies the width of every layer but the output by `factor`; adds a hidden layer if there is none. */
export function scaleWidth(config: Config, factor: number): Change | null {
  return changeConfig(config, resize(config, factor));
}

/** A rate at which Adam learns in nearly every small network. */
const USUAL_RATE = 0.003;

/** Adam at a usual rate in place of the optimizer; null where Adam is what trains. */
export function useAdam(config: Config): Change | null {
  const isOwn = hasOwnOptimizer(config);
  if (!isOwn && config.training.optimizer.name === "adam") return null;
  return changeConfig(config, {
    ...(isOwn && { "rework.ownOptimizer": false }),
    "training.optimizer": { name: "adam", learningRate: USUAL_RATE },
  });
}

/** Bounds the norm of all gradients together. */
export function clipGradients(config: Config): Change | null {
  return hasOwnOptimizer(config) ? null : changeConfig(config, { "training.optimizer.globalClipNorm": 1 });
}

/** The loss that fits the targets, then with the output activation too, in place of a loss of the user's own. */
export async function useFittingLoss(config: Config): Promise<readonly (Change | null)[]> {
  const { train } = await createSubject(config);
  const all = fittingLoss(train);
  const fitting = hasOwnLoss(config) ? all : withoutSame(all, config.training.loss);
  const { "training.loss": loss } = fitting;
  return [...(loss === undefined ? [] : [{ "training.loss": loss }]), fitting].map((values) =>
    changeConfig(config, withoutOwnLoss(config, values)),
  );
}

/** Adds to fields that they replace a loss of the user's own, where there is one. */
export function withoutOwnLoss(config: Config, values: Values): Values {
  return hasOwnLoss(config) ? { "rework.ownLoss": false, ...values } : values;
}

/** Small beside the numbers of a network, and enough for a slope of a hundred or so at most. */
const A_LITTLE = 1e-4;

/** Adds a little to what roots and logarithms of the program's own take; null for a config that no program is behind. */
export function addUnderRoots(config: Config): Change | null {
  return "rework" in config ? changeConfig(config, { "rework.underRoots": A_LITTLE }) : null;
}
