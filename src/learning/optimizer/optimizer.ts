import { add, dispose, mul, sub, type Tensor, tidy, type Variable } from "@tensorflow/tfjs-core";
import type { OptimizerConfig } from "../config/schema.ts";
import { clipGradients } from "./clipGradients.ts";
import { createFormula } from "./formulas.ts";
import { scheduleFactor } from "./schedule.ts";

/** Updates weights by their gradients, and keeps the moments that it needs from step to step. */
export interface Optimizer {
  /** Updates every variable once; a variable without a gradient (null) stays unchanged. It disposes no gradient. */
  update(variables: readonly Variable[], gradients: readonly (Tensor | null)[]): void;
  /** Frees the moments. */
  dispose(): void;
}

/** Creates the optimizer of a subject. The caller disposes it. */
export function createOptimizer(optimizer: OptimizerConfig | (() => Optimizer)): Optimizer {
  return typeof optimizer === "function" ? optimizer() : namedOptimizer(optimizer);
}

/** Creates the optimizer that a config names: it clips the gradients, sets the learning rate and applies the formula. */
function namedOptimizer(config: OptimizerConfig): Optimizer {
  const moments = new Map<number, Tensor[]>();
  const { start, ruleOfStep } = createFormula(config);
  let step = 0;
  return {
    update(variables, gradients) {
      const learningRate = rateAt(config, step++);
      const rule = ruleOfStep(learningRate);
      const clipped = clipGradients(config, gradients);
      variables.forEach((variable, index) => {
        const gradient = (clipped ?? gradients)[index];
        if (!gradient) return;
        const old = moments.get(variable.id) ?? start(variable);
        const [weights, ...next] = tidy(() =>
          rule(shrunk(config, variable, learningRate), decayed(config, variable, gradient), old),
        ) as [Tensor, ...Tensor[]];
        variable.assign(weights);
        dispose([weights, ...old]);
        moments.set(variable.id, next);
      });
      if (clipped) dispose(clipped.filter((gradient) => gradient !== null));
    },
    dispose() {
      for (const tensors of moments.values()) dispose(tensors);
      moments.clear();
    },
  };
}

function rateAt({ learningRate, schedule }: OptimizerConfig, step: number): number {
  return schedule === undefined ? learningRate : learningRate * scheduleFactor(schedule, step);
}

function decayed({ weightDecay }: OptimizerConfig, weights: Tensor, gradient: Tensor): Tensor {
  return weightDecay === 0 ? gradient : add(gradient, mul(weightDecay, weights));
}

function shrunk({ decoupledWeightDecay }: OptimizerConfig, weights: Tensor, learningRate: number): Tensor {
  return decoupledWeightDecay ? sub(weights, mul(learningRate * decoupledWeightDecay, weights)) : weights;
}
