// Puts a saved model of Keras and the data beside it together, as if a script had called fit with them.

import { createHash } from "node:crypto";
import type { NumberArray } from "../../../foundation/arrays/npy.ts";
import { readWhole } from "../../../foundation/files/readWhole.ts";
import type { ProgramFile } from "../../config/schema.ts";
import type { CapturedArrays, CapturedProgram } from "../program/capturedFile.ts";
import type { CapturedCompile, KerasProgram } from "../translate/capturedProgram.ts";
import { readGiven } from "./givenArrays.ts";
import { type KerasFile, readKerasFile } from "./kerasFile.ts";

const BATCH_SIZE = 32;
const STEPS = 500;
/** Share of the examples that is held out where the data do not say which. */
const HELD_OUT = 0.2;

/**
 * Reads a saved model and its data as a program.
 *
 * @throws {InputError} if one of the files cannot be used.
 */
export function readSavedKeras(file: ProgramFile): CapturedProgram {
  const saved = readKerasFile(file.path);
  const arrays = shaped(readGiven(file), inputShape(saved.model.config));
  const examples = arrays.x[0]?.shape[0] ?? 0;
  const share = arrays.heldOut ? 0 : HELD_OUT;
  const inEpoch = Math.max(1, Math.ceil((examples * (1 - share)) / BATCH_SIZE));
  const fit = { batch_size: BATCH_SIZE, epochs: Math.ceil(STEPS / inEpoch), validation_split: share };
  const { compile, notes } = compileOf(saved, arrays);
  const { version } = saved;
  const program: KerasProgram = {
    ...(version !== undefined && { framework: { name: "keras", version } }),
    model: saved.model,
    compile,
    fit,
    weights: saved.weights,
  };
  return { program, fit: { examples }, source: {}, notes, arrays, sha256: hashOf(saved, file) };
}

function hashOf({ bytes }: KerasFile, { data = "" }: ProgramFile): string {
  const hash = createHash("sha256").update(bytes);
  for (const path of data.split(","))
    hash.update(readWhole(path, { what: "a file with data", mostBytes: 1024 ** 3 }).bytes);
  return hash.digest("hex");
}

/** Rows of a table, or of flattened pictures, take the shape of the model's input. */
function shaped(arrays: CapturedArrays, shape: readonly (number | null)[] | null): CapturedArrays {
  if (shape === null || arrays.x.length !== 1 || shape.some((side) => side === null)) return arrays;
  const size = shape.reduce<number>((product, side) => product * (side as number), 1);
  const fit = (array: NumberArray): NumberArray => {
    const [count = 0, ...row] = array.shape;
    const isSame = row.reduce((product, side) => product * side, 1) === size;
    return isSame ? { shape: [count, ...(shape as number[])], values: array.values } : array;
  };
  return {
    ...arrays,
    x: arrays.x.map(fit),
    heldOut: arrays.heldOut && { ...arrays.heldOut, x: arrays.heldOut.x.map(fit) },
  };
}

/** The first input shape in a model's config, without the batch. */
function inputShape(part: unknown): readonly (number | null)[] | null {
  if (typeof part !== "object" || part === null) return null;
  const { batch_shape, batch_input_shape, build_input_shape } = part as Record<string, unknown>;
  const shape = batch_shape ?? batch_input_shape ?? build_input_shape;
  if (Array.isArray(shape) && shape.every((side) => side === null || typeof side === "number"))
    return shape.slice(1) as (number | null)[];
  for (const inner of Object.values(part)) {
    const found = inputShape(inner);
    if (found) return found;
  }
  return null;
}

/** A file without compile arguments gets the loss that belongs to its last activation. */
function compileOf(
  { compile, model }: KerasFile,
  { y }: CapturedArrays,
): { readonly compile: CapturedCompile; readonly notes: readonly string[] } {
  if (compile) return { compile, notes: [] };
  const isNumbers = y[0]?.shape.length === 1 || y[0]?.shape[1] === 1;
  const loss = lossFor(lastActivation(model.config), isNumbers);
  const note = `the file does not say what the model was compiled with, so learnproof takes ${loss} and Adam(learning_rate=0.001)`;
  return { compile: { optimizer: "adam", loss }, notes: [note] };
}

function lossFor(activation: string | null, isNumbers: boolean): string {
  if (activation === "softmax")
    return isNumbers ? "sparse_categorical_crossentropy" : "categorical_crossentropy";
  return activation === "sigmoid" ? "binary_crossentropy" : "mse";
}

function lastActivation(config: unknown): string | null {
  const { layers } = (config ?? {}) as { layers?: unknown };
  const last = Array.isArray(layers) ? (layers.at(-1) as { config?: { activation?: unknown } }) : null;
  const activation = last?.config?.activation;
  return typeof activation === "string" ? activation : null;
}
