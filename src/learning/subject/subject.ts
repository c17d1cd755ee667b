import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { LossConfig, OptimizerConfig } from "../config/schema.ts";
import type { Loss } from "../loss/loss.ts";
import type { Optimizer } from "../optimizer/optimizer.ts";
import { type Examples, gather } from "./examples.ts";

/** The examples of a subject. */
export interface ExampleSets {
  readonly train: Examples;
  /** Null where there are none. */
  readonly heldOut: Examples | null;
}

/** What is under test: a model, its examples and the recipe that trains it. */
export interface Subject {
  readonly name: string;
  /** From 1 to 2147483647; every random choice of a run derives from it. */
  readonly seed: number;
  readonly train: Examples;
  /** Examples that training never sees, or null where there are none. */
  readonly heldOut: Examples | null;
  /** A loss by name, or one of the caller's own. */
  readonly loss: LossConfig | Loss;
  /** An optimizer by name, or what makes one of the caller's own, anew for each run. */
  readonly optimizer: OptimizerConfig | (() => Optimizer);
  /** Examples in a batch; the last one of an epoch may be smaller. */
  readonly batchSize: number;
  /** Optimizer updates in a run. */
  readonly steps: number;
  /** Has code that is not ours draw the examples once more, beside what it drew first. Left out for any other. */
  redraw?(): Promise<{ readonly first: ExampleSets; readonly second: ExampleSets }>;
  /** Builds the model with the initial weights that a seed gives. The caller disposes it. */
  buildModel(seed: number): LayersModel | Promise<LayersModel>;
}

/** The subject on the training examples at `indices` alone, all in one batch, for `steps` steps. */
export function onExamples(subject: Subject, indices: readonly number[], steps: number): Subject {
  const train = gather(subject.train, indices);
  return { ...subject, train, heldOut: null, batchSize: train.count, steps };
}
