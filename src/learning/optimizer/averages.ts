import { add, mul, type Tensor, tidy, type Variable } from "@tensorflow/tfjs-core";
import type { OptimizerConfig } from "../config/schema.ts";

/** Moving averages of the weights, as Keras's optimizers keep them under `use_ema`. */
export interface Averages {
  /** Takes in the weights after an update. @param step updates made before it, from 0 */
  follow(variables: readonly Variable[], step: number): void;
  /** Gives every weight its average, where it has one. */
  writeInto(variables: readonly Variable[]): void;
  /** The average of a weight; null before its first update. It stays the averages' own. */
  of(variable: Variable): Tensor | null;
  /** Takes a tensor as the average of a weight, and owns it from now on. */
  set(variable: Variable, average: Tensor): void;
  dispose(): void;
}

/** Creates the averages; the first update alone makes the first of them. */
export function createAverages({ momentum, every }: NonNullable<OptimizerConfig["averaging"]>): Averages {
  const kept = new Map<number, Tensor>();
  const averages: Averages = {
    follow(variables, step) {
      for (const variable of variables) {
        const old = kept.get(variable.id);
        averages.set(
          variable,
          tidy(() => (old ? add(mul(momentum, old), mul(1 - momentum, variable)) : mul(1, variable))),
        );
      }
      if (every !== undefined && (step + 1) % every === 0) averages.writeInto(variables);
    },
    writeInto(variables) {
      for (const variable of variables) {
        const average = kept.get(variable.id);
        if (average) variable.assign(average);
      }
    },
    of: (variable) => kept.get(variable.id) ?? null,
    set(variable, average) {
      kept.get(variable.id)?.dispose();
      kept.set(variable.id, average);
    },
    dispose() {
      for (const average of kept.values()) average.dispose();
      kept.clear();
    },
  };
  return averages;
}
