// What a program holds of its examples beside what it trains on, such as the targets that belong to shuffled inputs.

import type { AskedTables } from "./asked/question.ts";
import type { WrittenExamples } from "./own/writtenExamples.ts";

/**
 * What of the examples another version of them changes; `axes` are inputs whose axes a reshape has torn, in place, and
 * `unchanged` pictures as they are before a loader turns, mirrors or moves them, with their targets, `classes` targets with a
 * class at the places that had none.
 */
export type HeldOf =
  | "rows"
  | "unchanged"
  | "inputs"
  | "axes"
  | "targets"
  | "classes"
  | "heldOutTargets"
  | "askedTargets";

/** Another version of the examples, which the program holds. */
export interface HeldFacts {
  readonly of: HeldOf;
  /** What takes its place, as a noun: `all rows of x and y`. */
  readonly words: string;
  /** The line of the program that would train on it. */
  readonly line: string;
  /** The number of the question whose targets it is of; null for every other version. */
  readonly question: number | null;
  /** Whether it scales rows to which the program fitted a scaler anew as those of training. @defaultValue false */
  readonly rescaled?: boolean;
}

/** All other versions of a program's examples. */
export interface HeldVersions {
  readonly facts: readonly HeldFacts[];
  /** Returns the examples with the versions of these numbers in place of what the program trains on. */
  examples(numbers: readonly number[]): {
    readonly train: WrittenExamples;
    readonly heldOut?: WrittenExamples;
    readonly asked: readonly AskedTables[];
  };
}
