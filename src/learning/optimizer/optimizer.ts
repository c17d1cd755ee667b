import { add, dispose, mul, type Tensor, tidy, type Variable, zerosLike } from "@tensorflow/tfjs-core";
import type { OptimizerConfig } from "../config/schema.ts";
import { adadeltaUpdate, adagradUpdate, adamaxUpdate } from "./adaptiveUpdate.ts";
import { adamUpdate, momentumUpdate, rmspropUpdate, sgdUpdate } from "./optimizerUpdate.ts";

/** Updates weights by their gradients, and keeps the moments that it needs from step to step. */
export interface Optimizer {
  /** Updates every variable once; a variable without a gradient (null) stays unchanged. It disposes no gradient. */
  update(variables: readonly Variable[], gradients: readonly (Tensor | null)[]): void;
  /** Frees the moments. */
  dispose(): void;
}

/** Computes the new weights and moments from the old ones. */
type Rule = (weights: Tensor, gradient: Tensor, moments: readonly Tensor[]) => Tensor[];

/** Creates the optimizer of a subject. The caller disposes it. */
export function createOptimizer(optimizer: OptimizerConfig | (() => Optimizer)): Optimizer {
  return typeof optimizer === "function" ? optimizer() : namedOptimizer(optimizer);
}

/**
 * Creates the optimizer that a config names. The formulas are written here so that they are the same on every engine:
 * Keras's Adam (ε outside the root, bias-corrected), plain gradient descent, momentum (v = μv + g, w −= ηv), RMSProp (ε
 * added after the root), and Keras's Adagrad, Adadelta and AdaMax.
 */
function namedOptimizer(config: OptimizerConfig): Optimizer {
  const moments = new Map<number, Tensor[]>();
  const ruleOfStep = createRule(config);
  return {
    update(variables, gradients) {
      const rule = ruleOfStep();
      variables.forEach((variable, index) => {
        const gradient = gradients[index];
        if (!gradient) return;
        const old = moments.get(variable.id) ?? MOMENTS[config.name](variable);
        const [weights, ...next] = tidy(() => rule(variable, decayed(config, variable, gradient), old)) as [
          Tensor,
          ...Tensor[],
        ];
        variable.assign(weights);
        dispose([weights, ...old]);
        moments.set(variable.id, next);
      });
    },
    dispose() {
      for (const tensors of moments.values()) dispose(tensors);
      moments.clear();
    },
  };
}

const MOMENTS: Record<OptimizerConfig["name"], (variable: Variable) => Tensor[]> = {
  adam: (variable) => [zerosLike(variable), zerosLike(variable)],
  sgd: () => [],
  momentum: (variable) => [zerosLike(variable)],
  rmsprop: (variable) => [zerosLike(variable)],
  adagrad: (variable) => [zerosLike(variable)],
  adadelta: (variable) => [zerosLike(variable), zerosLike(variable)],
  adamax: (variable) => [zerosLike(variable), zerosLike(variable)],
};

function decayed({ weightDecay }: OptimizerConfig, weights: Tensor, gradient: Tensor): Tensor {
  return weightDecay === 0 ? gradient : add(gradient, mul(weightDecay, weights));
}

function createRule(config: OptimizerConfig): () => Rule {
  switch (config.name) {
    case "sgd":
      return () => (weights, gradient) => sgdUpdate(weights, gradient, config);
    case "momentum":
      return () => (weights, gradient, moments) =>
        momentumUpdate(weights, gradient, moments[0] as Tensor, config);
    case "rmsprop":
      return () => (weights, gradient, moments) =>
        rmspropUpdate(weights, gradient, moments[0] as Tensor, config);
    case "adagrad":
      return () => (weights, gradient, moments) =>
        adagradUpdate(weights, gradient, moments[0] as Tensor, config);
    case "adadelta":
      return () => (weights, gradient, moments) =>
        adadeltaUpdate(weights, gradient, moments[0] as Tensor, moments[1] as Tensor, config);
    case "adam":
      return adamRule(config);
    case "adamax":
      return adamaxRule(config);
  }
}

function adamaxRule(config: OptimizerConfig & { name: "adamax" }): () => Rule {
  let power1 = 1;
  return () => {
    power1 *= config.beta1;
    const scalars = { ...config, correction1: 1 - power1 };
    return (weights, gradient, moments) =>
      adamaxUpdate(weights, gradient, moments[0] as Tensor, moments[1] as Tensor, scalars);
  };
}

function adamRule(config: OptimizerConfig & { name: "adam" }): () => Rule {
  // The powers are running products, because the last bit of Math.pow depends on the platform.
  let power1 = 1;
  let power2 = 1;
  return () => {
    power1 *= config.beta1;
    power2 *= config.beta2;
    const scalars = { ...config, correction1: 1 - power1, correction2: 1 - power2 };
    return (weights, gradient, moments) =>
      adamUpdate(weights, gradient, moments[0] as Tensor, moments[1] as Tensor, scalars);
  };
}
