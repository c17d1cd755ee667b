// Reads what `fitDataset` would train on: as many passes over the dataset as bring new rows.

import { dispose, type Tensor } from "@tensorflow/tfjs-core";
import { InputError } from "../../../foundation/input/inputError.ts";
import { MOST_NUMBERS } from "../../workers/madeAnew.ts";
import type { Dataset } from "../own/exampleStream.ts";
import { copyPair, joinPairs, keysOf, rowsAt, rowsIn, tablesIn } from "./copySide.ts";
import type { CopiedPair } from "./trainingCall.ts";

/** The rows of a dataset, and the updates that the call would make with them. */
export interface ReadRows {
  readonly pair: CopiedPair;
  readonly steps: number;
  readonly batchSize: number;
  /** Whether a later epoch takes the rows in another order. */
  readonly isShuffled: boolean;
}

/** Whether something is a dataset of TensorFlow.js. */
export function isDataset(written: unknown): written is Dataset {
  return typeof (written as Partial<Dataset> | null)?.iterator === "function";
}

/**
 * Reads the rows of all epochs, each once: a dataset that repeats itself gives those of one pass, one that draws new ones
 * in each gives all that fit into memory.
 *
 * @param batchesPerEpoch null where an epoch ends with the dataset.
 */
export async function readDataset(
  dataset: Dataset,
  { epochs, batchesPerEpoch }: { readonly epochs: number; readonly batchesPerEpoch: number | null },
  field: string,
): Promise<ReadRows> {
  const seen = new Set<string>();
  let first: readonly string[] = [];
  let isShuffled = false;
  let hasEnded = false;
  let made = 0;
  const kept: CopiedPair[] = [];
  let numbers = 0;
  let batches = 0;
  let batchSize = 0;
  let iterator = await dataset.iterator();
  for (let epoch = 0; epoch < epochs; epoch++) {
    if (batchesPerEpoch === null && epoch > 0) iterator = await dataset.iterator();
    const read = await readPass(iterator, batchesPerEpoch ?? Number.POSITIVE_INFINITY, field);
    hasEnded = batchesPerEpoch !== null && read.length < batchesPerEpoch;
    if (read.length === 0) break;
    made += read.length;
    if (epoch === 0) batches = read.length;
    batchSize ||= rowsIn(read[0] as CopiedPair);
    const pass = joinPairs(read, field);
    const keys = keysOf(pass);
    if (epoch === 0) first = keys;
    isShuffled ||= keys.some((key, row) => key !== first[row]);
    const fresh = keys.flatMap((key, row) => (seen.has(key) ? [] : [row]));
    for (const key of keys) seen.add(key);
    if (epoch > 0 && fresh.length < keys.length / 2) break;
    kept.push(epoch === 0 ? pass : rowsAt(pass, fresh));
    numbers += tablesIn(pass.x).reduce((sum, { values }) => sum + values.length, 0);
    if (numbers >= MOST_NUMBERS) break;
  }
  if (kept.length === 0)
    throw new InputError({
      code: "invalid-value",
      field,
      message: "must give at least one batch of { xs, ys }; correct the dataset",
      got: "none",
    });
  return { pair: joinPairs(kept, field), steps: hasEnded ? made : epochs * batches, batchSize, isShuffled };
}

async function readPass(
  iterator: Awaited<ReturnType<Dataset["iterator"]>>,
  most: number,
  field: string,
): Promise<CopiedPair[]> {
  const read: CopiedPair[] = [];
  let numbers = 0;
  while (read.length < most && numbers < MOST_NUMBERS) {
    const { value, done } = await iterator.next();
    if (done) break;
    const { xs, ys } = value as { readonly xs: unknown; readonly ys: unknown };
    const pair = await copyPair(xs, ys, field);
    dispose(value as Tensor[]);
    read.push(pair);
    numbers += tablesIn(pair.x).reduce((sum, { values }) => sum + values.length, 0);
  }
  return read;
}
