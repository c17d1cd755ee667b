import { dispose, type Tensor, tensor, tidy, type Variable } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { largestOf } from "../../../foundation/numbers/extremes.ts";
import { onceFor } from "../../../foundation/onceFor.ts";
import { type SeedStream, seedStream } from "../../../foundation/random/seedStream.ts";
import {
  createOptimizer,
  type Optimizer,
  type OptimizerState,
} from "../../../learning/optimizer/optimizer.ts";
import { allLayers } from "../../../learning/subject/layerTree.ts";
import { inputTensors } from "../../../learning/subject/parts.ts";
import { drawingFrom, withEvaluationDraw } from "../../../learning/subject/seededRandomness.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import { type Batch, shuffledBatches, shuffledBy } from "../../../learning/training/batches.ts";
import { planConstraints } from "../../../learning/training/constraints.ts";
import { planForward } from "../../../learning/training/forward.ts";
import { planGradients, trainableVariables } from "../../../learning/training/gradients.ts";
import { layersWithWeights, readWeights } from "../../../learning/training/layerWeights.ts";
import { refuseLate } from "../timeLeft.ts";
import { type FreshModel, withFreshModel } from "./freshModel.ts";

/** Updates before the stop, and as many behind it. */
const HALF = 2;

/** What a training that was stopped in the middle differs in from one that was not. */
export interface Resumption {
  /** Largest difference of a loss or a weight behind the stop, relative to the largest number of its kind. */
  readonly difference: number;
}

/** Why a training cannot be stopped and resumed. */
export interface NotResumable {
  readonly reason: string;
}

/** Who has drawn random numbers. */
interface Heard {
  /** The loss or the optimizer. */
  byCode: boolean;
  byLayers: boolean;
}

/** What is kept of a training that stops. */
interface Saved {
  readonly weights: readonly Float32Array[];
  readonly optimizer: OptimizerState;
}

/**
 * Trains four steps without a stop. Then it trains the last two of them once more with a model that is built anew and
 * gets the weights and the optimizer's state of the second step; the same seed gives the batches. The random numbers of
 * dropout belong to the state as well: the new model draws those of the first two steps, and drops them.
 */
export const measureResumption = onceFor(stopAndResume);

async function stopAndResume(subject: Subject): Promise<Resumption | NotResumable> {
  refuseLate(subject, 3 * HALF);
  const batches = batchesOf(subject);
  const heard: Heard = { byCode: false, byLayers: false };
  const whole = await withFreshModel(subject, (fresh) => trainThrough(fresh, batches, heard));
  if ("reason" in whole) return whole;
  const resumed = await withFreshModel(subject, (fresh) => resume(fresh, batches, whole.saved, heard));
  if (heard.byCode) return { reason: "its loss or its optimizer draws random numbers" };
  if (!whole.losses.every(Number.isFinite)) return { reason: "its first losses are not finite" };
  const losses = relative(Float32Array.from(whole.losses.slice(HALF)), Float32Array.from(resumed.losses));
  const weights = whole.weights.map((table, index) =>
    relative(table, resumed.weights[index] as Float32Array),
  );
  return { difference: Math.max(losses, largestOf(weights)) };
}

function batchesOf(subject: Subject): readonly Batch[] {
  const batches = shuffledBatches(subject.train, subject.batchSize, shuffledBy(subject));
  return Array.from({ length: 2 * HALF }, () => batches.next().value);
}

async function trainThrough(
  fresh: FreshModel,
  batches: readonly Batch[],
  heard: Heard,
): Promise<(Trained & { readonly saved: Saved }) | NotResumable> {
  const { model, subject } = fresh;
  const optimizer = createOptimizer(subject.optimizer);
  try {
    const first = await trainOn(fresh, optimizer, batches.slice(0, HALF), heard);
    const saved = await save(model, optimizer);
    if ("reason" in saved) return saved;
    const second = await trainOn(fresh, optimizer, batches.slice(HALF), heard);
    return { losses: [...first, ...second], weights: await readAll(model), saved };
  } finally {
    optimizer.dispose();
  }
}

interface Trained {
  readonly losses: readonly number[];
  readonly weights: readonly Float32Array[];
}

async function resume(
  fresh: FreshModel,
  batches: readonly Batch[],
  saved: Saved,
  heard: Heard,
): Promise<Trained> {
  const { model, subject } = fresh;
  const optimizer = createOptimizer(subject.optimizer);
  try {
    if (heard.byLayers || dropsUnits(model))
      for (const batch of batches.slice(0, HALF)) drawAsBefore(model, batch);
    writeAll(model, saved.weights);
    await optimizer.restore?.(trainableVariables(model), saved.optimizer);
    const losses = await trainOn(fresh, optimizer, batches.slice(HALF), heard);
    return { losses, weights: await readAll(model) };
  } finally {
    optimizer.dispose();
  }
}

async function save(model: LayersModel, optimizer: Optimizer): Promise<Saved | NotResumable> {
  if (!optimizer.save || !optimizer.restore) return { reason: "its own optimizer cannot save its state" };
  try {
    return { weights: await readAll(model), optimizer: await optimizer.save(trainableVariables(model)) };
  } catch {
    return { reason: "its own optimizer refuses to give its state" };
  }
}

async function trainOn(
  { model, criterion }: FreshModel,
  optimizer: Optimizer,
  batches: readonly Batch[],
  heard: Heard,
): Promise<number[]> {
  const variables = trainableVariables(model);
  const passOf = planGradients(model, variables, criterion);
  const constrain = planConstraints(model);
  const stream = (): SeedStream => {
    heard.byCode = true;
    return seedStream(1, "evidence/resumption");
  };
  const losses: number[] = [];
  for (const batch of batches) {
    const pass = () => drawingFrom(stream, () => passOf(batch));
    const { loss, gradients } = await withEvaluationDraw(0, pass, () => {
      heard.byLayers = true;
    });
    losses.push(loss);
    drawingFrom(stream, () => optimizer.update(variables, gradients));
    constrain?.();
    dispose(gradients.filter((gradient): gradient is Tensor => gradient !== null));
  }
  return losses;
}

/** Whether a layer drops units: stock dropout draws from a stream of its own, which nobody hears. */
function dropsUnits(model: LayersModel): boolean {
  return allLayers(model).some((layer) => {
    const { rate } = layer.getConfig();
    return typeof rate === "number" && rate > 0;
  });
}

function drawAsBefore(model: LayersModel, batch: Batch): void {
  dispose(tidy(() => [...planForward(model)(inputTensors(batch), true)]));
}

/** All variables of a model, each once: layers may share them. */
function variablesOf(model: LayersModel): Variable[] {
  return [...new Set(layersWithWeights(model).flatMap(({ variables }) => [...variables]))];
}

async function readAll(model: LayersModel): Promise<Float32Array[]> {
  const values = await readWeights({ layer: "", variables: variablesOf(model), frozen: false });
  return values.map((table) => table.slice());
}

function writeAll(model: LayersModel, tables: readonly Float32Array[]): void {
  tidy(() =>
    variablesOf(model).forEach((variable, index) => {
      variable.assign(tensor(tables[index] as Float32Array, variable.shape));
    }),
  );
}

function relative(a: Float32Array, b: Float32Array): number {
  return a.every((value, index) => Object.is(value, b[index])) ? 0 : distanceOver(a, b);
}

function distanceOver(a: Float32Array, b: Float32Array): number {
  let [difference, size] = [0, 0];
  a.forEach((value, index) => {
    difference = Math.max(difference, Math.abs(value - (b[index] as number)));
    size = Math.max(size, Math.abs(value));
  });
  return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference / (size || 1);
}
