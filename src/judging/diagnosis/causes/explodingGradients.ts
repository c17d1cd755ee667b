import { largestOf } from "../../../foundation/numbers/extremes.ts";
import { printNumber } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import type { TrainingRun } from "../../../learning/training/train.ts";
import {
  findUnboundedRecurrence,
  type UnboundedRecurrence,
} from "../../evidence/series/unboundedRecurrence.ts";
import type { Cause, Suspicion } from "../cause.ts";
import { addUnderRoots, clipGradients, scaleLearningRate } from "../change.ts";
import { gradientNorm, losesItsGradient, startsSteep } from "../signs.ts";

export const explodingGradients: Cause<"exploding-gradients"> = {
  name: "exploding-gradients",
  claim: "the gradient grows on its way back through the layers or from step to step",
  async examine({ subject, run, fails, inputs, targets, survey }) {
    if (fails !== "training" || run.trace.outsideLogarithm) return null;
    const recurrence = await findUnboundedRecurrence(subject);
    if (recurrence && ranAway(run)) return describeRecurrence(recurrence);
    if (losesItsGradient(run))
      return {
        rank: "gradient is infinite where the loss is finite",
        evidence: `the loss was ${printNumber(run.trace.losses.findLast(Number.isFinite) ?? null)}, and its gradient was not a finite number, before a step that was too large: something has an infinite slope there, such as a square root, a norm or a logarithm at 0; add a small number to what it takes`,
      };
    const norms = run.trace.probes.map((probe) => ({
      step: probe.step,
      norm: gradientNorm(probe),
    }));
    const start = norms[0];
    if (!start) return null;
    const highest = norms.reduce((most, one) => (one.norm > most.norm ? one : most), start);
    // What layers make of images in training may have another scale than the images.
    const isScaled =
      survey.augmenting.length === 0 && inputs.size < 5 && targets.every(({ size }) => size < 8);
    if (startsSteep(run.trace.probes) && isScaled)
      return {
        rank: "gradient is huge at the start",
        evidence: `the gradient's norm was ${printNumber(start.norm)} before the first step`,
      };
    if (highest.norm < GROWN * start.norm || start.norm === 0 || onlyLeftAPlateau(run)) return null;
    return {
      rank: "gradient grows",
      evidence: `the gradient's norm grew from ${printNumber(start.norm)} to ${printNumber(highest.norm)} by step ${highest.step}`,
    };
  },
  cures: (config) => [
    addUnderRoots(config),
    scaleLearningRate(config, 0.1),
    clipGradients(config),
    changeConfig(config, { "model.kernelInitializer": "glorotUniform" }),
    changeConfig(config, { "model.batchNorm": true }),
    scaleLearningRate(config, 0.01),
  ],
};

/** Whether the loss or the gradient grew far beyond its start, or beyond all numbers. */
function ranAway({ finite, trace: { losses, probes } }: TrainingRun): boolean {
  const norms = probes.map(gradientNorm);
  const [loss = 0] = losses;
  const [norm = 0] = norms;
  return !finite || largestOf(losses) > FAR_ABOVE * loss || (norm > 0 && largestOf(norms) >= GROWN * norm);
}

function describeRecurrence({ layer, activation }: UnboundedRecurrence): Suspicion {
  return {
    rank: "a recurrent layer has no bound",
    evidence: `${layer} takes ${activation} at every step of a sequence, so that its state may grow by a factor at each, and the loss or its gradient ran away`,
    remedy: { "rework.activation": "tanh" },
  };
}

/** The loss of a run whose steps are a little too large rises less. */
const FAR_ABOVE = 5;
const GROWN = 100;
/** An error that never exceeds this many times its start has not risen: more than rounding explains. */
const NOT_RISEN = 1.02;

/**
 * Whether the error never rose while the gradient grew. A network that starts where the loss is flat, as behind the nearly
 * flat side of an activation, gets a usual gradient as soon as it has left that place: it grows and does no harm.
 */
function onlyLeftAPlateau({ finite, trace: { probes } }: TrainingRun): boolean {
  const errors = probes.map(({ lossOverVariance }) => lossOverVariance);
  const [start] = errors;
  if (!finite || start === undefined) return false;
  return errors.every((error) => error !== null && start !== null && error <= NOT_RISEN * start);
}
