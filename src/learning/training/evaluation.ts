import { dispose, tidy } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { average } from "../../foundation/numbers/statistics.ts";
import type { Criterion } from "../loss/criterion.ts";
import { measuredOnRows, measureErrors, overConstant } from "../measure/measureErrors.ts";
import type { Examples } from "../subject/examples.ts";
import { gatherRows, rowsBetween } from "../subject/examples.ts";
import { answeredWhereHidden, shownAlone } from "../subject/hiddenSteps.ts";
import {
  columnsOf,
  inputTensors,
  lossTargets,
  outputTensors,
  type Placed,
  sideBySide,
  type TargetPart,
  targetParts,
  targetTensors,
  weightTensors,
} from "../subject/parts.ts";
import { answersOf } from "./answers.ts";
import { planForward } from "./forward.ts";
import { mostAtOnce } from "./mostAtOnce.ts";
import { combine, measureQuality, type Quality } from "./quality.ts";
import { readAndDispose } from "./read.ts";

/** The largest number of examples in one prediction batch. */
const MOST_AT_ONCE = 256;

/** The quality of the predictions of one output. */
export interface OutputEvaluation extends Quality {
  /** The output's name; see {@link Part}. */
  readonly name: string;
  /** Shape of the output for one example. */
  readonly shape: readonly number[];
  /** Whether its targets are classes. */
  readonly classification: boolean;
  /** Its own loss, without penalties and without the factor that it has in the sum. */
  readonly loss: number;
}

/**
 * The quality of a model's predictions on a set of examples, in evaluation mode. Every example counts alike, whatever
 * weight it has in training; steps that are hidden from the loss count as answered.
 *
 * If the model has several outputs, the ratios are averages over the outputs of each output's own ratio, whatever its
 * unit and its size; `meanSquaredError` and `targetVariance` are averages over all numbers.
 */
export interface Evaluation extends Quality {
  /** The trained loss, without penalties: for several outputs the weighted sum of theirs. */
  readonly loss: number;
  /** Each output of the model by itself, in the model's order. */
  readonly outputs: readonly OutputEvaluation[];
}

/** Evaluates a model on a set of examples. */
export async function evaluate(
  model: LayersModel,
  judged: Examples,
  criterion: Criterion,
): Promise<Evaluation> {
  const outputsOfModel = await predict(model, judged);
  const losses = await lossesOf(criterion, judged, outputsOfModel);
  const predictions = answeredWhereHidden(answersOf(criterion, outputsOfModel, judged), judged);
  const { targets } = judged;
  const parts = targetParts(judged);
  const qualities: Quality[] = [];
  for (const part of parts) {
    const own = (table: Float32Array) => columnsOf(table, judged.outputs, part);
    const tables = { predictions: own(predictions), targets: own(targets) };
    const asked = { predictions: tables.predictions, targets: lossTargets(judged, part).values };
    const measured = part.measure ? await measureErrors(part.measure, asked, judged.count) : null;
    qualities.push(measureQuality(tables, judged.count, part, measured));
  }
  const loss = losses
    .map((value, output) => value * criterion.weightOf(output))
    .reduce((sum, value) => sum + value);
  const outputs = parts.map(({ name, shape, classification, index }): OutputEvaluation => {
    return { name, shape, classification, loss: losses[index] as number, ...(qualities[index] as Quality) };
  });
  return { ...combine(qualities, { predictions, targets }), loss, outputs };
}

/**
 * Returns the relative error that the verdict judges, averaged over the outputs: the squared error over Var(Y) or, by the
 * subject's own error measure, the error over that of the best constant; null where a constant is always right.
 */
export function judgedError({
  outputs,
  lossOverVariance,
}: Pick<Evaluation, "outputs" | "lossOverVariance">): number | null {
  if (outputs.every(({ measured }) => measured === null)) return lossOverVariance;
  const errors = outputs.flatMap(({ measured, lossOverVariance: squared }) => {
    const error = measured ? overConstant(measured) : squared;
    return error === null ? [] : [error];
  });
  return errors.length === 0 ? null : average(errors);
}

/** Returns the evaluation of one output on some of the examples. @param rows their places among the examples. */
export function onRows(
  { predictions, targets, measured }: Pick<Quality, "predictions" | "targets" | "measured">,
  part: Placed<TargetPart>,
  rows: readonly number[],
): Quality {
  const pick = (table: Float32Array) => gatherRows(table, part.size, rows);
  const tables = { predictions: pick(predictions), targets: pick(targets) };
  return measureQuality(tables, rows.length, part, measured && measuredOnRows(measured, rows));
}

/** Computes the outputs of a model in evaluation mode, `[count, outputs]`, in small batches. */
export async function predict(model: LayersModel, examples: Examples): Promise<Float32Array> {
  const predictions = new Float32Array(examples.count * examples.outputs);
  const forward = planForward(model);
  const atOnce = mostAtOnce(model, MOST_AT_ONCE, examples);
  for (let start = 0; start < examples.count; start += atOnce) {
    const part = rowsBetween(examples, start, Math.min(start + atOnce, examples.count));
    const answers = tidy(() => [...forward(inputTensors(part), false)]);
    const tables = await Promise.all(answers.map(readAndDispose));
    predictions.set(sideBySide(tables, part.count), start * examples.outputs);
  }
  return predictions;
}

/** Computes the loss of each output by itself. */
async function lossesOf(
  criterion: Criterion,
  examples: Examples,
  predictions: Float32Array,
): Promise<number[]> {
  const losses = tidy(() => {
    const targets = targetTensors(examples);
    const weights = weightTensors(shownAlone(examples));
    return outputTensors(predictions, examples).map((predicted, output) =>
      criterion.ofOutput(output, targets[output] as (typeof targets)[number], predicted, weights?.[output]),
    );
  });
  const values = await Promise.all(losses.map(readAndDispose));
  dispose(losses);
  return values.map(([value]) => value as number);
}
