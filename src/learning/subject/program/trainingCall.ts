import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { TrainingInput } from "../../config/schema.ts";
import type { ShapedNumbers } from "../nestedNumbers.ts";
import type { WrittenClassWeight } from "../own/exampleWeights.ts";

/** Inputs or targets as numbers, which stay when the program disposes its tensors. */
export type CopiedSide = readonly ShapedNumbers[] | { readonly [name: string]: ShapedNumbers };

/** Inputs and targets, row by row. */
export interface CopiedPair {
  readonly x: CopiedSide;
  readonly y: CopiedSide;
}

/** One call by which a program trains a compiled model. */
export interface TrainingCall {
  readonly by: "fit" | "fitDataset" | "trainOnBatch";
  readonly model: LayersModel;
  /** How often the model had been compiled before: each time begins a training anew. */
  readonly compiled: number;
  readonly pair: CopiedPair;
  readonly validationData: CopiedPair | null;
  readonly validationSplit: number;
  /** Examples of one update. */
  readonly batchSize: number;
  /** Updates of the weights that the call asks for. */
  readonly steps: number;
  /** Whether every epoch takes the rows in another order. */
  readonly shuffle: boolean;
  readonly classWeight: WrittenClassWeight | null;
  /** When a callback of TensorFlow.js ends the training; null where none does, or where a run here cannot ask what it asks. */
  readonly earlyStopping: TrainingInput["earlyStopping"] | null;
  /** What else the program gave that may change the training, in words for a note. */
  readonly leftOut: readonly string[];
  /** Whether the program asked the model for predictions since its last call. */
  readonly isAskedBefore: boolean;
  /** The layers whose weights the program gave, by name. */
  readonly givenWeights: readonly string[];
}
