import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import {
  average,
  columnCovariances,
  columnSquaredErrors,
  columnSquaredShifts,
  columnVariances,
  distance,
  norm,
} from "../../foundation/numbers/statistics.ts";
import type { Criterion } from "../loss/criterion.ts";
import { type Examples, firstExamples } from "../subject/examples.ts";
import { columnsOf, targetParts } from "../subject/parts.ts";
import type { ActivationLayer } from "./activationLayers.ts";
import { answersOf } from "./answers.ts";
import { type LayerWeights, layersWithWeights, readWeights } from "./layerWeights.ts";
import { mostAtOnce } from "./mostAtOnce.ts";
import { createObserver, type Table } from "./observer.ts";
import { MOST_PROBED } from "./probeSchedule.ts";
import { normsOf } from "./read.ts";
import type { LayerProbe, Probe } from "./trace.ts";

/** Measures a model during training: its gradients, its updates and its activations. */
export interface ModelProbe {
  /**
   * Measures step `step`: the model's state before `update`, and how far `update` moves the weights.
   *
   * @param gradients one for each of `variables`; null if a variable has none.
   */
  measure(
    step: number,
    variables: readonly Variable[],
    gradients: readonly (Tensor | null)[],
    update: () => void,
  ): Promise<Probe>;
}

/** Creates a probe of `model` on the first training examples. It shares the model's layers and owns no tensor. */
export function createProbe(model: LayersModel, train: Examples, criterion: Criterion): ModelProbe {
  const probed = firstExamples(train, mostAtOnce(model, MOST_PROBED, train));
  const observer = createObserver(model, probed, canDie);
  return {
    async measure(step, variables, gradients, update) {
      const { predictions, tables } = await observer.observe(probed);
      const deadFractions = new Map(
        observer.activations.map(({ layer }, index) => [layer, deadFraction(tables[index] as Table)]),
      );
      const layers = layersWithWeights(model);
      const before = await Promise.all(layers.map(readWholeLayer));
      const gradientNorms = await normsOf(gradients);
      update();
      const after = await Promise.all(layers.map(readWholeLayer));
      const probes = layers.map((current, index): LayerProbe => {
        const old = before[index] as Float32Array;
        const length = norm(old);
        const moved = distance(after[index] as Float32Array, old);
        return {
          layer: current.layer,
          trainable: current.variables.some((variable) => variables.includes(variable)),
          gradientNorm: Math.hypot(
            ...current.variables.map((variable) => gradientNorms[variables.indexOf(variable)] ?? 0),
          ),
          updateRatio: moved === 0 ? 0 : moved / length,
          deadFraction: deadFractions.get(current.layer) ?? null,
        };
      });
      return { step, ...judgePredictions(answersOf(criterion, predictions, probed), probed), layers: probes };
    },
  };
}

async function readWholeLayer(layer: LayerWeights): Promise<Float32Array> {
  const parts = await readWeights(layer);
  const whole = new Float32Array(parts.reduce((size, part) => size + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Whether a layer's units can die: only a relu can be exactly 0 on every example. */
function canDie({ activation }: ActivationLayer): boolean {
  return /^relu6?$/i.test(activation);
}

/** Fraction of the units (last axis) that are exactly 0 everywhere; NaN counts as alive. */
function deadFraction({ values, units }: Table): number {
  const alive = new Uint8Array(units);
  for (let index = 0; index < values.length; index++) {
    if (values[index] !== 0) alive[index % units] = 1;
  }
  return 1 - alive.reduce((sum, one) => sum + one, 0) / units;
}

/** How far predictions are from targets, each number over Var(Y); see {@link Probe}. */
export type Ratios = Pick<Probe, "lossOverVariance" | "varianceRatio" | "covarianceRatio" | "biasRatio">;

/**
 * Compares predictions, `[count, outputs]`, with the targets of the same examples. Each ratio is averaged over the
 * model's outputs, each in units of its own variance.
 */
export function judgePredictions(predictions: Float32Array, examples: Examples): Ratios {
  const parts = targetParts(examples);
  const own = parts.map((part) => {
    const columns = (table: Float32Array) => columnsOf(table, examples.outputs, part);
    return judgeOutput(columns(predictions), columns(examples.targets), part.size);
  });
  const averageOf = (name: keyof Ratios) => {
    const known = own.map((ratios) => ratios[name]).filter((ratio): ratio is number => ratio !== null);
    return known.length === 0 ? null : average(known);
  };
  return {
    lossOverVariance: averageOf("lossOverVariance"),
    varianceRatio: averageOf("varianceRatio"),
    covarianceRatio: averageOf("covarianceRatio"),
    biasRatio: averageOf("biasRatio"),
  };
}

function judgeOutput(predictions: Float32Array, targets: Float32Array, outputs: number): Ratios {
  const targetVariance = average(columnVariances(targets, outputs));
  const overVariance = (value: number) => (targetVariance === 0 ? null : value / targetVariance);
  return {
    lossOverVariance: overVariance(average(columnSquaredErrors(predictions, targets, outputs))),
    varianceRatio: overVariance(average(columnVariances(predictions, outputs))),
    covarianceRatio: overVariance(average(columnCovariances(predictions, targets, outputs))),
    biasRatio: overVariance(average(columnSquaredShifts(predictions, targets, outputs))),
  };
}
