// Reads the examples that a project's own code gives into flat tables.

import { scalar, tidy } from "@tensorflow/tfjs-core";
import { isTensor, type Numbers } from "../nestedNumbers.ts";
import { type ExampleStream, isStream, readStream } from "./exampleStream.ts";
import { readSampleWeights } from "./exampleWeights.ts";
import { andThen, type Soon } from "./later.ts";
import type { ModelShapes } from "./modelShapes.ts";
import { type ExampleTables, pairOf, type StepTables } from "./pair.ts";
import { readSides, tablesOf, type WrittenSide } from "./sides.ts";

/** How much each example counts in the training loss, from 0; see {@link WrittenExamples}. */
interface WithWeights {
  readonly sampleWeight?: Numbers;
  readonly steps?: StepTables | undefined;
}

/**
 * Inputs `[examples, …]` and targets `[examples, …]`, with learnproof's field names or TensorFlow.js's. Targets of one
 * number may be a plain list, and classes may be class numbers. Several inputs or outputs are a list of tensors or an
 * object by name.
 *
 * If a table is a flat typed array, it has as many rows as there are examples, in the shape that the model has there.
 *
 * `sampleWeight` is a list of one number for each example: how much it counts in the training loss, as in Keras. The
 * weights of held-out examples have no effect. `steps` says how the steps of sequences count.
 */
export type WrittenExamples = WithWeights &
  (
    | { readonly inputs: WrittenSide; readonly targets: WrittenSide }
    | { readonly xs: WrittenSide; readonly ys: WrittenSide }
    | { readonly x: WrittenSide; readonly y: WrittenSide }
  );

/** How the result of a project's function is read. */
export interface Reading {
  /** Number of examples requested; a stream is read no further. */
  readonly count: number;
  readonly field: string;
  /** Tensors created since this one are disposed unless the function kept them. */
  readonly firstTensor: number;
  /** Finds the shapes of the model, which tell a batch of a stream from a single example. */
  shapes(): Soon<ModelShapes>;
}

/**
 * Reads the result of a project's function.
 *
 * @throws {InputError} if the result is not a set of examples.
 */
export function readAnswer(
  written: Soon<WrittenExamples | ExampleStream>,
  { count, field, firstTensor, shapes }: Reading,
): Soon<ExampleTables> {
  return andThen(written, (answer) => {
    if (isStream(answer))
      return andThen(shapes(), (known) => readStream(answer, { count, field, shapes: known }));
    try {
      return readTables(answer, field);
    } finally {
      disposeMade(answer, firstTensor);
    }
  });
}

/** Returns an id below the ids of all tensors created later. */
export function nextTensor(): number {
  return tidy(() => scalar(0).id);
}

/** Disposes the tensors of an answer, and those within its lists and objects. */
function disposeMade(answer: unknown, firstTensor: number): void {
  if (isTensor(answer)) {
    if (answer.id >= firstTensor && !answer.kept) answer.dispose();
    return;
  }
  if (typeof answer !== "object" || answer === null || ArrayBuffer.isView(answer)) return;
  // A list of numbers holds no tensor, and may be long.
  if (Array.isArray(answer) && typeof answer[0] !== "object") return;
  for (const value of Object.values(answer)) disposeMade(value, firstTensor);
}

/**
 * Reads inputs and targets into tables. @throws {InputError} if their numbers of rows differ, or a value is not finite.
 */
export function readTables(written: WrittenExamples, field: string): ExampleTables {
  const { inputs, targets, sampleWeight, steps } = pairOf(written, field);
  const sides = readSides(tablesOf(inputs, `${field}.inputs`), tablesOf(targets, `${field}.targets`));
  const sampleWeights = readSampleWeights(sampleWeight, sides.count, `${field}.sampleWeight`);
  return { ...sides, sampleWeights, steps };
}
