// Describes a finished model's weights, gradients and activations. It is measured once, at the end of a run, so that a
// diagnosis can say why the run failed.

import { dispose, type Tensor, tidy, type Variable } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { largestOf } from "../../foundation/numbers/extremes.ts";
import type { Criterion } from "../loss/criterion.ts";
import type { Link } from "../loss/link.ts";
import { type Examples, firstExamples } from "../subject/examples.ts";
import { allLayers, type Layer, placedLayers } from "../subject/layerTree.ts";
import { inputTensors, targetTensors, weightTensors } from "../subject/parts.ts";
import { type BatchStatistics, measureBatchStatistics, needsBatchStatistics } from "./batchStatistics.ts";
import { type DropoutNoise, measureDropoutNoise } from "./dropoutNoise.ts";
import { planForward } from "./forward.ts";
import { penaltiesOf, planGradients, trainableVariables } from "./gradients.ts";
import { layersWithWeights, readWeights } from "./layerWeights.ts";
import { mostAtOnce } from "./mostAtOnce.ts";
import { withMovedWeights } from "./movedWeights.ts";
import {
  deviationFromAffine,
  deviationFromFit,
  drawAffineQuestions,
  NONLINEAR,
  takesAnyNumber,
} from "./nonlinearity.ts";
import { createObserver, type Observer, type Table } from "./observer.ts";
import { MOST_PROBED } from "./probeSchedule.ts";
import { normsOf, readAndDispose } from "./read.ts";
import { type LayerSurvey, surveyLayer } from "./surveyLayer.ts";
import { describeUnits, type UnitActivity } from "./unitActivity.ts";

/** The measurements of a finished model. It is plain data, like the trace, so it can be written as JSON. */
export interface Survey {
  /** The layers with weights, first to last. */
  readonly layers: readonly LayerSurvey[];
  /**
   * How nonlinear the last weighted layer's input is as a function of the model's inputs, before training: the distance
   * from an affine function, relative to the size of the values. It is 0 where the layers before compute an affine
   * function, whatever training makes of their weights, and null where no layer with weights comes before or the input
   * is constant, but for rounding.
   */
  readonly nonlinearity: number | null;
  /** The layers that make the model's outputs, one for each output, in the model's order. */
  readonly heads: readonly Head[];
  /** The largest dropout rate of any layer; 0 if the model has no dropout. */
  readonly dropout: number;
  /**
   * Share of the loss on the first training examples that comes from regularisation penalties, at the start or at the
   * end of training, whichever is larger.
   */
  readonly penaltyShare: number;
  /**
   * The model's error with the moving averages of its batch normalisation and with the batch's own statistics; null for
   * a model without batch normalisation.
   */
  readonly batchStatistics: BatchStatistics | null;
  /** Whether the batch normalisation of rows gives the same numbers for any batch of one example. */
  readonly needsSeveral: boolean;
  /** The model's error with the dropout and noise of training, and without; null for a model that has neither. */
  readonly dropoutNoise: DropoutNoise | null;
  /** Names of the layers that change images at random in training, or add loud noise. */
  readonly augmenting: readonly string[];
}

/** The layer with a kernel that makes an output. */
export interface Head {
  /** The layer's name; null if the output depends on no layer with a kernel. */
  readonly layer: string | null;
  /** Its activation; `linear` if there is none. */
  readonly activation: string;
  /** The activation that the outputs pass before that one, where there are two in a row; null elsewhere. */
  readonly earlier: string | null;
  /** What the loss applies to the output to get probabilities; null where it takes the output as it is. */
  readonly link: Link | null;
}

/**
 * Copies the initial weights of `model` and returns a function that surveys the model after training. It owns no
 * tensor.
 */
export async function beginSurvey(
  model: LayersModel,
  train: Examples,
  criterion: Criterion,
): Promise<() => Promise<Survey>> {
  const layers = layersWithWeights(model);
  const before = await Promise.all(layers.map(readWeights));
  const seen = firstExamples(train, mostAtOnce(model, MOST_PROBED, train));
  const penaltyAtStart = await measurePenaltyShare(model, seen, criterion);
  const observer = createObserver(model, seen);
  const nonlinearity = await measureNonlinearity(observer, seen, trainableVariables(model));
  return async () => {
    const after = await Promise.all(layers.map(readWeights));
    // This comes before the gradients, since their forward pass in training mode updates the moving averages.
    const dropoutNoise = await measureDropoutNoise(model, seen, criterion);
    const batchStatistics = await measureBatchStatistics(model, seen, criterion);
    const norms = await measureGradients(model, seen, criterion);
    const units = await observeUnits(observer, seen);
    return {
      layers: layers.map((layer, index) =>
        surveyLayer(
          layer,
          { before: before[index] as Float32Array[], after: after[index] as Float32Array[] },
          norms,
          units.get(layer.layer),
        ),
      ),
      nonlinearity,
      heads: observer.heads.map((head, output) => ({
        layer: head?.layer ?? null,
        activation: head?.activation ?? "linear",
        earlier: head?.earlier ?? null,
        link: criterion.linkOf(output),
      })),
      dropout: Math.max(0, largestOf(placedLayers(model).map(({ layer }) => dropoutOf(layer)))),
      penaltyShare: Math.max(penaltyAtStart, await measurePenaltyShare(model, seen, criterion)),
      batchStatistics,
      needsSeveral: needsBatchStatistics(model),
      dropoutNoise,
      augmenting: allLayers(model)
        .filter(augments)
        .map(({ name }) => name),
    };
  };
}

/** Noise of this deviation is about as loud as numbers of the usual scale. */
const LOUD = 0.5;

/** Whether a layer changes images in training, see the layers of Keras, or adds noise that is loud. */
function augments(layer: Layer): boolean {
  const { strength = 0, stddev = 0 } = layer.getConfig();
  return Number(strength) > 0 || Number(stddev) >= LOUD;
}

/**
 * Recurrent layers have one dropout rate for inputs and one for states; `gaussianDropout` and similar layers call
 * theirs `rate`.
 */
function dropoutOf(layer: Layer): number {
  const { rate, dropout, recurrentDropout } = layer.getConfig();
  return largestOf([rate, dropout, recurrentDropout].map((share) => (typeof share === "number" ? share : 0)));
}

async function measureGradients(
  model: LayersModel,
  seen: Examples,
  criterion: Criterion,
): Promise<Map<string, number>> {
  const variables = trainableVariables(model);
  const { gradients } = await planGradients(model, variables, criterion)(seen);
  const norms = await normsOf(gradients);
  dispose(gradients.filter((gradient): gradient is Tensor => gradient !== null));
  return new Map(variables.map(({ name }, index) => [name, norms[index] as number]));
}

/**
 * The model runs in evaluation mode, because dropout before training would draw numbers from the run's own random
 * stream.
 */
async function measurePenaltyShare(
  model: LayersModel,
  seen: Examples,
  criterion: Criterion,
): Promise<number> {
  const values = await Promise.all(tidy(() => penaltiesOf(model)).map(readAndDispose));
  const penalties = values.reduce((sum, [penalty]) => sum + (penalty as number), 0);
  if (penalties === 0) return 0;
  const value = tidy(() => {
    const predicted = planForward(model)(inputTensors(seen), false);
    return criterion.total(targetTensors(seen), predicted, weightTensors(seen));
  });
  return penalties / (penalties + ((await readAndDispose(value))[0] as number));
}

async function observeUnits(
  { activations, observe }: Observer,
  seen: Examples,
): Promise<Map<string, UnitActivity>> {
  const { tables } = await observe(seen);
  return new Map(
    activations.map(({ layer, activation }, index) => {
      const { values, units } = tables[index] as Table;
      return [layer, describeUnits(values, units, activation)];
    }),
  );
}

/** A network that is linear only as it begins, such as one whose residual branches begin at zero, is asked again. */
async function measureNonlinearity(
  { given, entry, observe }: Observer,
  seen: Examples,
  trained: readonly Variable[],
): Promise<number | null> {
  if (given === null) return null;
  const answersTo = async (asked: Examples) => ((await observe(asked)).tables[given] as Table).values;
  const questions = takesAnyNumber(entry) ? drawAffineQuestions(seen) : seen;
  if (questions === null) return null;
  const measure = async () => {
    const answers = await answersTo(questions);
    return questions === seen ? deviationFromFit(seen, answers) : deviationFromAffine(answers);
  };
  const fresh = await measure();
  if (fresh === null || fresh >= NONLINEAR) return fresh;
  const elsewhere = await withMovedWeights(trained, measure);
  return elsewhere !== null && elsewhere >= NONLINEAR ? elsewhere : fresh;
}
