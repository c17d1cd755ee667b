import { InputError } from "../../../foundation/input/inputError.ts";
import type { ExampleSource, FixedExamples, SubjectDefinition } from "../subjectDefinition.ts";
import { type ExampleStream, isStream } from "./exampleStream.ts";
import { isPromise, type Soon } from "./later.ts";
import { readTables, type WrittenExamples } from "./writtenExamples.ts";

/**
 * Reads the examples of a definition once, or returns the function that draws them.
 *
 * @throws {InputError} for examples that break a rule.
 */
export function readSource(examples: SubjectDefinition["examples"]): FixedExamples | ExampleSource {
  if (typeof examples === "function") return examples;
  if (typeof examples !== "object" || examples === null)
    throw new InputError({
      code: "invalid-value",
      field: "examples",
      message: "must be { train, heldOut } or a function that draws them; add it",
      got: examples,
    });
  const { train, heldOut } = examples;
  if (isStream(train) || isPromise(train) || isStream(heldOut)) return sourceOf(examples);
  return {
    train: readTables(train, "examples.train"),
    heldOut: heldOut === undefined ? null : readTables(heldOut, "examples.heldOut"),
  };
}

/** Turns fixed examples from an iterable or a dataset into a function that reads them at each request. */
function sourceOf(examples: Exclude<SubjectDefinition["examples"], ExampleSource>): ExampleSource {
  for (const set of ["train", "heldOut"] as const) {
    if (typeof (examples[set] as { next?: unknown } | undefined)?.next === "function")
      throw new InputError({
        code: "invalid-value",
        field: `examples.${set}`,
        message:
          "can be read only once; give the generator function itself: examples: function* ({ set, count }) {…}",
        got: "a generator that runs already",
      });
  }
  return ({ set }) => examples[set] as Soon<WrittenExamples | ExampleStream>;
}

/** Numbers of examples. */
interface Counts {
  readonly examples: number;
  readonly heldOut: number;
}

/** Counts the fixed examples; null if a function draws them. */
export function countsOf(examples: FixedExamples | ExampleSource): Counts | null {
  if (typeof examples === "function") return null;
  const { train, heldOut } = examples;
  return { examples: train.count, heldOut: heldOut?.count ?? 0 };
}

/** Returns the numbers of examples to use if a config gives none. */
export function defaultCounts(
  written: SubjectDefinition["examples"] | unknown,
  available: Counts | null,
): Partial<Counts> {
  if (available !== null || typeof written === "function") return { ...available };
  return (written as { heldOut?: unknown }).heldOut === undefined ? { heldOut: 0 } : {};
}
