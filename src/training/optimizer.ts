import {
  add,
  dispose,
  div,
  mul,
  sqrt,
  square,
  sub,
  type Tensor,
  tidy,
  type Variable,
  zerosLike,
} from "@tensorflow/tfjs-core";
import type { OptimizerConfig } from "../config/schema.ts";

/** Moves weights along their gradients, and keeps the moments it needs from step to step. */
export interface Optimizer {
  /** One update of every variable; a variable without a gradient (null) stays. Disposes no gradient. */
  update(variables: readonly Variable[], gradients: readonly (Tensor | null)[]): void;
  /** Frees the moments. */
  dispose(): void;
}

/** The new weights and the new moments, from the old ones. */
type Rule = (weights: Tensor, gradient: Tensor, moments: readonly Tensor[]) => Tensor[];

/**
 * The optimizer that a config names, written out so that one formula holds on every engine:
 * Keras's Adam (ε outside the root, bias-corrected), plain gradient descent, momentum (v = μv + g,
 * w −= ηv) and RMSProp (ε added after the root).
 */
export function createOptimizer(config: OptimizerConfig): Optimizer {
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
};

function decayed({ weightDecay }: OptimizerConfig, weights: Tensor, gradient: Tensor): Tensor {
  return weightDecay === 0 ? gradient : add(gradient, mul(weightDecay, weights));
}

function createRule(config: OptimizerConfig): () => Rule {
  const { learningRate } = config;
  switch (config.name) {
    case "sgd":
      return () => (weights, gradient) => [sub(weights, mul(learningRate, gradient))];
    case "momentum":
      return () => (weights, gradient, moments) => {
        const velocity = add(mul(config.momentum, moments[0] as Tensor), gradient);
        return [sub(weights, mul(learningRate, velocity)), velocity];
      };
    case "rmsprop":
      return () => (weights, gradient, moments) => {
        const meanSquare = add(
          mul(config.decay, moments[0] as Tensor),
          mul(1 - config.decay, square(gradient)),
        );
        const step = div(gradient, add(sqrt(meanSquare), config.epsilon));
        return [sub(weights, mul(learningRate, step)), meanSquare];
      };
    case "adam":
      return adamRule(config);
  }
}

function adamRule({ learningRate, beta1, beta2, epsilon }: OptimizerConfig & { name: "adam" }): () => Rule {
  // Running products instead of Math.pow, whose last bit JavaScript leaves to the platform.
  let power1 = 1;
  let power2 = 1;
  return () => {
    power1 *= beta1;
    power2 *= beta2;
    const correction1 = 1 - power1;
    const correction2 = 1 - power2;
    return (weights, gradient, moments) => {
      const mean = add(mul(beta1, moments[0] as Tensor), mul(1 - beta1, gradient));
      const meanSquare = add(mul(beta2, moments[1] as Tensor), mul(1 - beta2, square(gradient)));
      const step = div(div(mean, correction1), add(sqrt(div(meanSquare, correction2)), epsilon));
      return [sub(weights, mul(learningRate, step)), mean, meanSquare];
    };
  };
}
