// Makes one training of the calls by which a program trains one model.

import type { LayersModel } from "@tensorflow/tfjs-layers";
import { InputError } from "../../../foundation/input/inputError.ts";
import type { TrainingInput } from "../../config/schema.ts";
import { keptRows } from "../compiled/keptRows.ts";
import type { ModelData } from "../compiled/modelData.ts";
import type { Gaps } from "../gaps.ts";
import { areAnswers } from "./areAnswers.ts";
import { joinPairs, keysOf, rowsAt, rowsIn } from "./copySide.ts";
import { fillPair } from "./fillPair.ts";
import type { CopiedPair, TrainingCall } from "./trainingCall.ts";

/** A training of a program: the model, what it is given, how it is trained, and what a person should know of it. */
export interface ProgramTraining {
  readonly model: LayersModel;
  readonly data: ModelData;
  readonly training: TrainingInput;
  /** The numbers that are missing from the training rows; null where none is. */
  readonly gaps: Gaps | null;
  /** The layers that keep their weights, by name. */
  readonly keepWeights: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Reads the first training among the calls: those on one model, up to where it is compiled anew.
 *
 * @param path the program's file, for the messages.
 * @throws {InputError} where models are trained in turns, or targets follow what the network answers.
 */
export function readTraining(calls: readonly TrainingCall[], path: string): ProgramTraining {
  const [first] = calls as readonly [TrainingCall];
  const own = calls.filter((call) => isSame(call, first));
  const lastPlace = calls.lastIndexOf(own.at(-1) as TrainingCall);
  if (lastPlace >= own.length) throw inTurns(path);
  if (areAnswers(own)) throw answersBack(path);
  const rows = joinCalls(own, path);
  const { batchSize, classWeight, earlyStopping, givenWeights } = first;
  const given = own.findLast(({ validationData }) => validationData !== null)?.validationData ?? null;
  const split = given ? { train: rows.pair, heldOut: given } : splitOff(rows.pair, first.validationSplit);
  const { pair: train, gaps } = fillPair(split.train);
  // Of rows with gaps alone nothing can be said; where training has them too, all are filled alike.
  const heldOut = gaps && split.heldOut ? fillPair(split.heldOut).pair : split.heldOut;
  const others = calls.length - own.length;
  return {
    model: first.model,
    gaps,
    data: {
      ...train,
      ...(heldOut && { validationData: heldOut }),
      ...(classWeight && { classWeight }),
    },
    training: {
      batchSize,
      steps: Math.max(
        1,
        own.reduce((sum, { steps }) => sum + steps, 0),
      ),
      shuffle: rows.isShuffled,
      ...(earlyStopping && own.length === 1 && { earlyStopping }),
    },
    keepWeights: givenWeights,
    notes: [
      ...(own.length > 1 ? [`${own.length} calls of ${first.by} are taken as one training`] : []),
      ...(others > 0
        ? ["the program trains another time behind this training; --fit 2, 3 … names a later one"]
        : []),
      ...first.leftOut.map((words) => `${words} is left out`),
    ],
  };
}

function isSame(call: TrainingCall, { model, compiled }: TrainingCall): boolean {
  return call.model === model && call.compiled === compiled;
}

interface SplitRows {
  readonly train: CopiedPair;
  readonly heldOut: CopiedPair | null;
}

/** The last share of the rows, as TensorFlow.js holds it out. */
function splitOff(pair: CopiedPair, share: number): SplitRows {
  const count = rowsIn(pair);
  const kept = keptRows(count, share);
  if (kept === count) return { train: pair, heldOut: null };
  const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, row) => from + row);
  return { train: rowsAt(pair, rows(0, kept)), heldOut: rowsAt(pair, rows(kept, count)) };
}

interface JoinedRows {
  readonly pair: CopiedPair;
  readonly isShuffled: boolean;
}

/** The rows of all calls, each once. */
function joinCalls(calls: readonly TrainingCall[], path: string): JoinedRows {
  const [first] = calls as readonly [TrainingCall];
  const pairs = calls.map(({ pair }) => pair);
  if (pairs.every((pair) => isOneTable(pair, first.pair)))
    return { pair: first.pair, isShuffled: first.shuffle };
  const all = joinPairs(pairs, path);
  const keys = keysOf(all);
  const places = new Map<string, number>();
  for (const [row, key] of keys.entries()) if (!places.has(key)) places.set(key, row);
  if (places.size > keys.length / 2) return { pair: all, isShuffled: first.shuffle };
  const kept = [...places.values()];
  const order = kept.map((row) => keys[row]);
  const isOrdered = keys.every((key, row) => key === order[row % order.length]);
  return { pair: rowsAt(all, kept), isShuffled: first.shuffle || !isOrdered };
}

function isOneTable(pair: CopiedPair, other: CopiedPair): boolean {
  if (rowsIn(pair) !== rowsIn(other)) return false;
  const flat = ({ x, y }: CopiedPair) => [...Object.values(x), ...Object.values(y)];
  const tables = flat(other);
  return flat(pair).every((table, place) => table === tables[place]);
}

function inTurns(path: string): InputError {
  return refusal(
    path,
    "must train one model after the other: it trains several in turns, each of which changes what the others learn from; give one of them with its data to check(model, { x, y }) of learnproof",
    "models that are trained in turns",
  );
}

function answersBack(path: string): InputError {
  return refusal(
    path,
    "must have targets that stay: each of its calls follows what the network answered before it, as in Q-learning; give rows and targets of one moment to check(model, { x, y }) of learnproof",
    "targets that move with what the network learns",
  );
}

function refusal(field: string, message: string, got: string): InputError {
  return new InputError({ code: "moving-targets", field, message, got });
}
