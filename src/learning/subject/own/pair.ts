import { InputError } from "../../../foundation/input/inputError.ts";
import { isPromise } from "./later.ts";
import type { Sides } from "./sides.ts";

/** Tables of inputs and targets with equal numbers of rows. */
export interface ExampleTables extends Sides {
  /** One weight for each example; null if all count alike. */
  readonly sampleWeights: Float32Array | null;
}

/** The two sides of examples, as they were given. */
export interface WrittenPair {
  readonly inputs: unknown;
  readonly targets: unknown;
  readonly sampleWeight: unknown;
}

/** Finds the two sides under their names. */
export function pairOf(written: unknown, field: string): WrittenPair {
  if (typeof written === "object" && written !== null) {
    const given = written as Record<string, unknown>;
    const { sampleWeight } = given;
    for (const [inputs, targets] of [
      ["inputs", "targets"],
      ["xs", "ys"],
      ["x", "y"],
    ] as const)
      if (inputs in given || targets in given)
        return { inputs: given[inputs], targets: given[targets], sampleWeight };
  }
  throw new InputError({
    code: "invalid-value",
    field,
    message: "must be { inputs, targets }, or a generator or dataset of { xs, ys }; return one of them",
    got: isPromise(written) ? "a promise" : written,
  });
}
