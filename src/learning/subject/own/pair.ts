import { InputError } from "../../../foundation/input/inputError.ts";
import type { NumberTable } from "../nestedNumbers.ts";
import { isPromise } from "./later.ts";
import type { Sides } from "./sides.ts";

/** Tables of inputs and targets with equal numbers of rows. */
export interface ExampleTables extends Sides {
  /** One weight for each example; null if all count alike. */
  readonly sampleWeights: Float32Array | null;
  /** How the steps of each output count. @defaultValue all alike */
  readonly steps?: StepTables | undefined;
}

/** How the steps of the outputs count: for each output a table `[count, steps]`, or with 1 in place of the steps; null for none. */
export interface StepTables {
  /** How much each counts. */
  readonly weights: readonly (NumberTable | null)[];
  /** 1 for those that a mask shows, 0 for those that it hides. */
  readonly shown: readonly (NumberTable | null)[];
}

/** The two sides of examples, as they were given. */
export interface WrittenPair {
  readonly inputs: unknown;
  readonly targets: unknown;
  readonly sampleWeight: unknown;
  readonly steps: StepTables | undefined;
}

/** Finds the two sides under their names. */
export function pairOf(written: unknown, field: string): WrittenPair {
  if (typeof written === "object" && written !== null) {
    const given = written as Record<string, unknown>;
    const { sampleWeight, steps } = given as { sampleWeight: unknown; steps?: StepTables };
    for (const [inputs, targets] of [
      ["inputs", "targets"],
      ["xs", "ys"],
      ["x", "y"],
    ] as const)
      if (inputs in given || targets in given)
        return { inputs: given[inputs], targets: given[targets], sampleWeight, steps };
  }
  throw new InputError({
    code: "invalid-value",
    field,
    message: "must be { inputs, targets }, or a generator or dataset of { xs, ys }; return one of them",
    got: isPromise(written) ? "a promise" : written,
  });
}
