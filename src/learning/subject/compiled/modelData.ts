// Reads the data that a TensorFlow.js program would train its compiled model on.

import type { LayersModel } from "@tensorflow/tfjs-layers";
import { InputError } from "../../../foundation/input/inputError.ts";
import type { WrittenMeasure } from "../../measure/readMeasure.ts";
import type { Numbers, NumberTable } from "../nestedNumbers.ts";
import { arrange } from "../own/arrange.ts";
import type { ByOutput } from "../own/byOutput.ts";
import { readSampleWeights, type WrittenClassWeight } from "../own/exampleWeights.ts";
import { type Port, shapesOf } from "../own/modelShapes.ts";
import { tablesOf, type WrittenSide } from "../own/sides.ts";
import type { CompiledLoss } from "./compiledLoss.ts";
import { keptRows } from "./keptRows.ts";
import { readTable, rowsOf } from "./tables.ts";

/** The data that a compiled model is trained on, as `model.fit` takes it. */
export interface ModelData {
  /** Inputs, `[examples, …]`; several are a list of tensors in the model's order, or an object by name. */
  readonly x: WrittenSide;
  /**
   * Targets, `[examples, …]`, likewise for several outputs; for `sparseCategoricalCrossentropy` a class number for each
   * example, or for each of its positions.
   */
  readonly y: WrittenSide;
  /** Examples that training never sees. @defaultValue the share that `validationSplit` names */
  readonly validationData?:
    | readonly [WrittenSide, WrittenSide]
    | { readonly x: WrittenSide; readonly y: WrittenSide };
  /** Share of the examples, the last ones, held out for validation; from 0 to below 1. @defaultValue 0 */
  readonly validationSplit?: number;
  /**
   * How much each example counts in the training loss, from 0. The loss of a batch is the sum of weight × loss over its
   * examples, divided by their number. Evaluation and verdict count every example alike. @defaultValue 1 for each
   */
  readonly sampleWeight?: Numbers;
  /**
   * How much the examples of each class count in the training loss, by class number; for several outputs a list or an
   * object by name. It multiplies `sampleWeight`. @defaultValue 1 for each
   */
  readonly classWeight?: WrittenClassWeight;
  /** The factor of each output's loss in the sum, a list or an object by name. @defaultValue 1 for each */
  readonly lossWeights?: ByOutput<number>;
  /**
   * The error that the verdict judges; see `errorMeasure` of defineSubject.
   *
   * @defaultValue the squared error, and wrong classes; where the loss is a function of the caller's, the first metric
   * that is an error
   */
  readonly errorMeasure?: WrittenMeasure | ByOutput<WrittenMeasure>;
  /** Passes over the training examples. @defaultValue as many as make 500 steps */
  readonly epochs?: number;
  /** Examples in a batch. @defaultValue 32 */
  readonly batchSize?: number;
  /** Seed of the run, from 1 to 2147483647. @defaultValue 1 */
  readonly seed?: number | undefined;
  /** Whether training starts from the weights that the model has now. @defaultValue false: the seed draws them */
  readonly keepWeights?: boolean;
}

/** One table for each input and each output, in the model's order. */
interface Tables {
  readonly inputs: readonly NumberTable[];
  readonly targets: readonly NumberTable[];
  readonly sampleWeight?: NumberTable;
}

/** The two sets that the data hold. */
export interface Split {
  readonly train: Tables;
  readonly heldOut: Tables | null;
}

/**
 * Reads the data for a model with these losses. Tensors are copied.
 *
 * @throws {InputError} if the data do not fit the model's inputs and outputs.
 */
export async function readModelData(
  model: LayersModel,
  { x, y, validationData, validationSplit = 0, sampleWeight }: Partial<ModelData>,
  losses: readonly CompiledLoss[],
): Promise<Split> {
  const all = await readPair(model, losses, x, y, "");
  const count = all.targets[0]?.shape[0] as number;
  const values = readSampleWeights(sampleWeight, count, "sampleWeight");
  const weights = values && { sampleWeight: { shape: [count, 1], values } };
  if (validationData !== undefined) {
    const [heldOutX, heldOutY] =
      "x" in validationData ? [validationData.x, validationData.y] : [validationData[0], validationData[1]];
    const heldOut = await readPair(model, losses, heldOutX, heldOutY, "validationData.");
    return { train: { ...all, ...weights }, heldOut };
  }
  if (!(validationSplit >= 0 && validationSplit < 1))
    throw new InputError({
      code: "out-of-range",
      field: "validationSplit",
      message: "must be a number from 0 to below 1",
      got: validationSplit,
    });
  const kept = keptRows(count, validationSplit);
  const part = (from: number, to: number): Tables => ({
    inputs: all.inputs.map((table) => rowsOf(table, from, to)),
    targets: all.targets.map((table) => rowsOf(table, from, to)),
    ...(weights && { sampleWeight: rowsOf(weights.sampleWeight, from, to) }),
  });
  return kept === count
    ? { train: { ...all, ...weights }, heldOut: null }
    : { train: part(0, kept), heldOut: part(kept, count) };
}

async function readPair(
  model: LayersModel,
  losses: readonly CompiledLoss[],
  x: unknown,
  y: unknown,
  prefix: string,
): Promise<Tables> {
  const { inputs, outputs } = shapesOf(model);
  const given = arrange(tablesOf(x, `${prefix}x`), inputs, "input", `${prefix}x`);
  const wanted = arrange(tablesOf(y, `${prefix}y`), outputs, "output", `${prefix}y`);
  return {
    inputs: await Promise.all(
      given.map(({ numbers, field, port }) => readTable(numbers as Numbers, field, port.shape)),
    ),
    targets: await Promise.all(
      wanted.map(({ numbers, field, port }, output) =>
        readTargets(numbers as Numbers, field, port, losses[output]?.isSparse === true),
      ),
    ),
  };
}

/** A plain typed array has the shape of the output, or of a class number at each of its places. */
function readTargets(
  numbers: Numbers,
  field: string,
  { shape }: Port,
  isSparse: boolean,
): Promise<NumberTable> {
  return readTable(numbers, field, isSparse ? [...shape.slice(0, -1), 1] : shape);
}
