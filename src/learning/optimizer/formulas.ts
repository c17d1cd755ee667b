// The formula of each optimizer that a config may name. They are written here so that they are the same on every engine:
// Keras's Adam (ε outside the root, bias-corrected), plain gradient descent, momentum (v = μv + g, w −= ηv), RMSProp,
// and Keras's Adagrad, Adadelta, AdaMax, Nadam, Lion, Ftrl, Adafactor, Lamb and Muon.

import { type Tensor, type Variable, zerosLike } from "@tensorflow/tfjs-core";
import type { OptimizerConfig } from "../config/schema.ts";
import { adadeltaUpdate, adagradUpdate, adamaxUpdate } from "./adaptiveUpdate.ts";
import { adafactorUpdate, ftrlUpdate, lionUpdate, startOfAdafactor } from "./furtherUpdate.ts";
import { type AdamScalars, adamUpdate, momentumUpdate, rmspropUpdate, sgdUpdate } from "./optimizerUpdate.ts";
import { lambUpdate, muonUpdate } from "./recentUpdate.ts";
import type { Powers } from "./repeatedRows.ts";
import { amsgradUpdate, nadamUpdate, rmspropWithMomentumUpdate, velocityUpdate } from "./variantUpdate.ts";

/** Computes the new weights and moments from the old ones. */
export type Rule = (
  weights: Tensor,
  gradient: Tensor,
  moments: readonly Tensor[],
  powers: Powers,
) => Tensor[];

/** An optimizer's formula. */
export interface Formula {
  /** Creates the moments of a variable before its first update. */
  start(variable: Variable): Tensor[];
  /** Returns the rule of the next step, at its learning rate. */
  ruleOfStep(learningRate: number): Rule;
}

type Named<Name extends OptimizerConfig["name"]> = OptimizerConfig & { name: Name };

/** Creates the formula of a named optimizer. It counts its steps, so that every run needs a new one. */
export function createFormula(config: OptimizerConfig): Formula {
  switch (config.name) {
    case "sgd":
      return plain(
        0,
        (learningRate) => (weights, gradient) => sgdUpdate(weights, gradient, { learningRate }),
      );
    case "momentum":
      return momentum(config);
    case "rmsprop":
      return rmsprop(config);
    case "adagrad":
      return plain(
        1,
        (learningRate) => (weights, gradient, moments, powers) =>
          adagradUpdate(weights, gradient, moments[0] as Tensor, { ...config, learningRate }, powers),
      );
    case "adadelta":
      return plain(
        2,
        (learningRate) => (weights, gradient, moments, powers) =>
          adadeltaUpdate(weights, gradient, moments, { ...config, learningRate }, powers),
      );
    case "adam":
      return adam(config);
    case "adamax":
      return adamax(config);
    case "nadam":
      return nadam(config);
    case "lion":
      return plain(
        1,
        (learningRate) => (weights, gradient, moments) =>
          lionUpdate(weights, gradient, moments[0] as Tensor, { ...config, learningRate }),
      );
    case "ftrl":
      return plain(
        2,
        (learningRate) => (weights, gradient, moments, powers) =>
          ftrlUpdate(weights, gradient, moments, { ...config, learningRate }, powers),
      );
    case "adafactor":
      return adafactor(config);
    case "lamb":
      return ofBetas(config, 2, lambUpdate);
    case "muon":
      return {
        ...ofBetas(config, 2, muonUpdate),
        start: (variable) => startOfMuon(variable, config.adamForTables),
      };
  }
}

/** A formula whose moments all start at 0. */
function plain(moments: number, ruleOfStep: Formula["ruleOfStep"]): Formula {
  return {
    start: (variable) => Array.from({ length: moments }, () => zerosLike(variable)),
    ruleOfStep,
  };
}

/**
 * With a schedule, the velocity holds the learning rate of each past step, as Keras's does; the same at a constant rate.
 */
function momentum(config: Named<"momentum">): Formula {
  const { momentum, nesterov = false, schedule, onPlateau } = config;
  if (!nesterov && schedule === undefined && onPlateau === undefined)
    return plain(
      1,
      (learningRate) => (weights, gradient, moments) =>
        momentumUpdate(weights, gradient, moments[0] as Tensor, { learningRate, momentum }),
    );
  return plain(
    1,
    (learningRate) => (weights, gradient, moments) =>
      velocityUpdate(weights, gradient, moments[0] as Tensor, { learningRate, momentum, nesterov }),
  );
}

function rmsprop(config: Named<"rmsprop">): Formula {
  const { decay, epsilon, epsilonPlace, momentum = 0, centered = false } = config;
  if (momentum === 0 && !centered && epsilonPlace !== "insideRoot")
    return plain(
      1,
      (learningRate) => (weights, gradient, moments, powers) =>
        rmspropUpdate(weights, gradient, moments[0] as Tensor, { learningRate, decay, epsilon }, powers),
    );
  return plain(
    3,
    (learningRate) => (weights, gradient, moments, powers) =>
      rmspropWithMomentumUpdate(
        weights,
        gradient,
        moments,
        { learningRate, decay, epsilon, epsilonInside: epsilonPlace === "insideRoot", momentum, centered },
        powers,
      ),
  );
}

function adamax(config: Named<"adamax">): Formula {
  let power1 = 1;
  return plain(2, (learningRate) => {
    power1 *= config.beta1;
    const scalars = { ...config, learningRate, correction1: 1 - power1 };
    return (weights, gradient, moments, powers) =>
      adamaxUpdate(weights, gradient, moments[0] as Tensor, moments[1] as Tensor, scalars, powers);
  });
}

function adam(config: Named<"adam">): Formula {
  // The powers are running products, because the last bit of Math.pow depends on the platform.
  let power1 = 1;
  let power2 = 1;
  const { beta1, beta2, amsgrad = false, epsilonPlace } = config;
  return plain(amsgrad ? 3 : 2, (learningRate) => {
    power1 *= beta1;
    power2 *= beta2;
    const [correction1, correction2] = [1 - power1, 1 - power2];
    const epsilon =
      epsilonPlace === "beforeCorrection" ? config.epsilon / Math.sqrt(correction2) : config.epsilon;
    const scalars = { learningRate, beta1, beta2, epsilon, correction1, correction2 };
    return amsgrad
      ? (weights, gradient, moments, powers) => amsgradUpdate(weights, gradient, moments, scalars, powers)
      : (weights, gradient, moments, powers) =>
          adamUpdate(weights, gradient, moments[0] as Tensor, moments[1] as Tensor, scalars, powers);
  });
}

/** A formula with Adam's corrections, which are running products, as in {@link adam}. */
function ofBetas<Settings extends OptimizerConfig & { beta1: number; beta2: number; epsilon: number }>(
  config: Settings,
  moments: number,
  update: (
    weights: Tensor,
    gradient: Tensor,
    moments: readonly Tensor[],
    scalars: Settings & AdamScalars,
    powers: Powers,
  ) => Tensor[],
): Formula {
  let [power1, power2] = [1, 1];
  const { beta1, beta2 } = config;
  return plain(moments, (learningRate) => {
    power1 *= beta1;
    power2 *= beta2;
    const [correction1, correction2] = [1 - power1, 1 - power2];
    // Keras's Muon adds ε before the mean square is corrected, as its Adam does.
    const epsilon = config.name === "muon" ? config.epsilon / Math.sqrt(correction2) : config.epsilon;
    const scalars = { ...config, beta1, beta2, learningRate, correction1, correction2, epsilon };
    return (weights, gradient, old, powers) => update(weights, gradient, old, scalars, powers);
  });
}

/** Keras knows a table of rows by its name. */
function startOfMuon(variable: Variable, adamForTables: boolean): Tensor[] {
  const isTable = adamForTables && /embedding/i.test(variable.name);
  const count = variable.rank !== 2 || isTable ? 2 : 1;
  return Array.from({ length: count }, () => zerosLike(variable));
}

function nadam({ beta1, beta2, epsilon, momentumDecay }: Named<"nadam">): Formula {
  let decayed = 1;
  let product = 1;
  let power2 = 1;
  return plain(2, (learningRate) => {
    decayed *= momentumDecay;
    power2 *= beta2;
    const now = beta1 * (1 - 0.5 * decayed);
    const next = beta1 * (1 - 0.5 * decayed * momentumDecay);
    product *= now;
    const scalars = {
      learningRate,
      beta1,
      beta2,
      epsilon,
      ofMean: next / (1 - product * next),
      ofGradient: (1 - now) / (1 - product),
      correction2: 1 - power2,
    };
    return (weights, gradient, moments, powers) =>
      nadamUpdate(weights, gradient, moments[0] as Tensor, moments[1] as Tensor, scalars, powers);
  });
}

function adafactor(config: Named<"adafactor">): Formula {
  let step = 0;
  return {
    start: startOfAdafactor,
    ruleOfStep(learningRate) {
      step++;
      const scalars = { ...config, learningRate, step };
      return (weights, gradient, moments, powers) =>
        adafactorUpdate(weights, gradient, moments, scalars, powers);
    },
  };
}
