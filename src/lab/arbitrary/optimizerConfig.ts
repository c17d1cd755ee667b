import fc from "fast-check";
import type { OptimizerConfig } from "../../learning/config/schema.ts";
import { coefficient, fraction, named } from "./someOf.ts";

/** An optimizer as it may be written in a config. */
export type WrittenOptimizer = { readonly name: OptimizerConfig["name"] };

const step = { learningRate: coefficient, weightDecay: coefficient };
const moments = { ...step, beta1: fraction, beta2: fraction, epsilon: coefficient };

/** Any optimizer with any of its numbers, sound or not. Shrinks towards `adam` with its defaults. */
export function optimizerConfig(): fc.Arbitrary<WrittenOptimizer> {
  return fc.oneof(
    { withCrossShrink: true },
    named("adam", moments),
    named("sgd", step),
    named("momentum", { ...step, momentum: fraction }),
    named("rmsprop", { ...step, decay: fraction, epsilon: coefficient }),
    named("adagrad", { ...step, initialAccumulator: coefficient, epsilon: coefficient }),
    named("adadelta", { ...step, decay: fraction, epsilon: coefficient }),
    named("adamax", moments),
    named("nadam", moments),
    named("lion", { ...step, beta1: fraction, beta2: fraction }),
    named("ftrl", { ...step, initialAccumulator: coefficient, l1: coefficient, l2: coefficient }),
    named("adafactor", { ...step, epsilon: coefficient }),
    named("lamb", moments),
    named("muon", { ...moments, momentum: fraction }),
  );
}
