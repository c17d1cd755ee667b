// Reads the arguments of the calls by which TensorFlow.js trains a model.

import { keptRows } from "../compiled/keptRows.ts";
import type { WrittenClassWeight } from "../own/exampleWeights.ts";
import { copyPair, rowsIn } from "./copySide.ts";
import { readCallbacks } from "./readCallbacks.ts";
import { isDataset, readDataset } from "./readDataset.ts";
import type { CopiedPair, TrainingCall } from "./trainingCall.ts";

/** What a call says by itself, without what the program did before. */
export type ReadCall = Omit<TrainingCall, "model" | "compiled" | "isAskedBefore" | "givenWeights">;

/** The arguments of `fit` and `fitDataset` that change a training. */
interface FitArguments {
  readonly batchSize?: number;
  readonly epochs?: number;
  readonly initialEpoch?: number;
  readonly batchesPerEpoch?: number;
  readonly validationBatches?: number;
  readonly validationSplit?: number;
  readonly validationData?: unknown;
  readonly shuffle?: unknown;
  readonly callbacks?: unknown;
  readonly classWeight?: WrittenClassWeight;
}

const PLAIN = {
  validationData: null,
  validationSplit: 0,
  classWeight: null,
  earlyStopping: null,
  leftOut: [],
} as const;
/** TensorFlow.js takes so many examples for one update where a program names no number. */
const USUAL_BATCH = 32;

/** Reads a call of `fit`. */
export async function readFit(x: unknown, y: unknown, written: unknown): Promise<ReadCall> {
  const args = (written ?? {}) as FitArguments;
  const { batchSize = USUAL_BATCH, validationSplit = 0, validationData } = args;
  const pair = await copyPair(x, y, "model.fit");
  const rows = rowsIn(pair);
  const trained = validationData ? rows : keptRows(rows, validationSplit);
  return {
    ...PLAIN,
    by: "fit",
    pair,
    batchSize,
    steps: epochsOf(args) * Math.ceil(trained / batchSize),
    shuffle: args.shuffle !== false,
    validationSplit: validationData ? 0 : validationSplit,
    validationData: validationData ? await readValidation(validationData, args) : null,
    ...readRest(args),
  };
}

/** Reads a call of `fitDataset`. */
export async function readFitDataset(dataset: unknown, written: unknown): Promise<ReadCall> {
  const args = (written ?? {}) as FitArguments;
  const { batchesPerEpoch = null, validationData } = args;
  const how = { epochs: epochsOf(args), batchesPerEpoch };
  const { isShuffled, ...rows } = await readDataset(dataset as never, how, "model.fitDataset");
  return {
    ...PLAIN,
    by: "fitDataset",
    ...rows,
    shuffle: isShuffled,
    validationData: validationData ? await readValidation(validationData, args) : null,
    ...readRest(args),
  };
}

/** Reads a call of `trainOnBatch`. */
export async function readTrainOnBatch(x: unknown, y: unknown): Promise<ReadCall> {
  const pair = await copyPair(x, y, "model.trainOnBatch");
  return { ...PLAIN, by: "trainOnBatch", pair, batchSize: rowsIn(pair), steps: 1, shuffle: false };
}

function epochsOf({ epochs = 1, initialEpoch = 0 }: FitArguments): number {
  return Math.max(1, epochs - initialEpoch);
}

function readRest({ callbacks, classWeight }: FitArguments): Partial<ReadCall> {
  return { ...readCallbacks(callbacks), ...(classWeight && { classWeight }) };
}

async function readValidation(data: unknown, { validationBatches }: FitArguments): Promise<CopiedPair> {
  if (isDataset(data)) {
    const how = { epochs: 1, batchesPerEpoch: validationBatches ?? null };
    return (await readDataset(data, how, "validationData")).pair;
  }
  const [x, y] = data as readonly [unknown, unknown];
  return copyPair(x, y, "validationData");
}
