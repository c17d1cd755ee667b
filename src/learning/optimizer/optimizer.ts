import { add, dispose, mul, sub, type Tensor, tensor, tidy, type Variable } from "@tensorflow/tfjs-core";
import type { OptimizerConfig } from "../config/schema.ts";
import { createAverages } from "./averages.ts";
import { clipGradients, disposeClipped, type Slope } from "./clipGradients.ts";
import { createFormula } from "./formulas.ts";
import { plainPowers, powersOf, type StepLookups } from "./repeatedRows.ts";
import { scheduleFactor } from "./schedule.ts";

/** Updates weights by their gradients, and keeps the moments that it needs from step to step. */
export interface Optimizer {
  /**
   * Updates every variable once; a variable without a gradient (null) stays unchanged. It disposes no gradient.
   *
   * @param rows the lookups of the step. @defaultValue the gradients say all
   */
  update(
    variables: readonly Variable[],
    gradients: readonly (Tensor | null)[],
    rows?: StepLookups | undefined,
  ): void;
  /** Multiplies the learning rate of all later updates by this, in place of the factor before. @defaultValue it has none */
  scaleRate?(factor: number): void;
  /** Is called after the last update of a run, and may give the weights their averages. @defaultValue nothing is done */
  finish?(variables: readonly Variable[]): void;
  /** Frees the moments. */
  dispose(): void;
  /** Copies its state after some updates of these variables. @defaultValue its state cannot be saved */
  save?(variables: readonly Variable[]): Promise<OptimizerState>;
  /** Takes on a saved state, for variables that correspond one to one to those that it was saved for. */
  restore?(variables: readonly Variable[], state: OptimizerState): Promise<void>;
}

/** The state of an optimizer between two updates, without the weights. */
export interface OptimizerState {
  /** Updates made. */
  readonly steps: number;
  /** The moments of each variable, in order; for a stock optimizer one list with all that it keeps. */
  readonly moments: readonly (readonly SavedTensor[])[];
}

/** A tensor's values, copied out of the engine. */
export interface SavedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Creates the optimizer of a subject. The caller disposes it. */
export function createOptimizer(optimizer: OptimizerConfig | (() => Optimizer)): Optimizer {
  return typeof optimizer === "function" ? optimizer() : namedOptimizer(optimizer);
}

/** Creates the optimizer that a config names: it clips the gradients, sets the learning rate and applies the formula. */
function namedOptimizer(config: OptimizerConfig): Optimizer {
  const moments = new Map<number, Tensor[]>();
  const { start, ruleOfStep } = createFormula(config);
  const averages = config.averaging ? createAverages(config.averaging) : null;
  let step = 0;
  let scale = 1;
  /** What is kept of a variable, its average last. */
  const kept = (variable: Variable) => {
    const average = averages?.of(variable);
    return [...(moments.get(variable.id) ?? []), ...(average ? [average] : [])];
  };
  return {
    update(variables, gradients, rows) {
      const learningRate = scale * rateAt(config, step++);
      const rule = ruleOfStep(learningRate);
      const slopes = gradients.map(
        (gradient, index): Slope | null => gradient && { gradient, lookups: rows?.lookups[index] ?? null },
      );
      const clipped = clipGradients(config, slopes);
      variables.forEach((variable, index) => {
        const slope = (clipped ?? slopes)[index];
        if (!slope) return;
        const old = moments.get(variable.id) ?? start(variable);
        const [weights, ...next] = tidy(() => {
          const gradient = decayed(config, variable, slope.gradient);
          const powers =
            slope.lookups && rows?.squares === "squaredApart"
              ? powersOf(slope.lookups, variable.shape[0] as number)
              : plainPowers(gradient);
          return rule(shrunk(config, variable, learningRate), gradient, old, powers);
        }) as [Tensor, ...Tensor[]];
        variable.assign(weights);
        dispose([weights, ...old]);
        moments.set(variable.id, next);
      });
      if (clipped) disposeClipped(clipped);
      averages?.follow(variables, step - 1);
    },
    finish(variables) {
      averages?.writeInto(variables);
    },
    scaleRate(factor) {
      scale = factor;
    },
    dispose() {
      for (const tensors of moments.values()) dispose(tensors);
      moments.clear();
      averages?.dispose();
    },
    async save(variables) {
      const tables = variables.map((variable) => Promise.all(kept(variable).map(saveTensor)));
      return { steps: step, moments: await Promise.all(tables) };
    },
    async restore(variables, state) {
      // A formula counts its steps by its own powers.
      for (step = 0; step < state.steps; step++) ruleOfStep(rateAt(config, step));
      variables.forEach((variable, index) => {
        const saved = (state.moments[index] ?? []).map(({ values, shape }) => tensor(values, [...shape]));
        const average = averages ? saved.pop() : undefined;
        if (average) averages?.set(variable, average);
        if (saved.length > 0) moments.set(variable.id, saved);
      });
    },
  };
}

async function saveTensor(moment: Tensor): Promise<SavedTensor> {
  return { name: "", shape: moment.shape, values: Float32Array.from(await moment.data()) };
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
