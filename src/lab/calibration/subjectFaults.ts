// This file makes faults of the training code and of the data that no config can express.

import {
  add,
  expandDims,
  mean,
  mul,
  neg,
  oneHot,
  scalar,
  square,
  sub,
  type Tensor,
  type Variable,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { seedStream } from "../../foundation/random/seedStream.ts";
import { shuffledIndices } from "../../foundation/random/shuffle.ts";
import { lossOfOutput } from "../../learning/loss/criterion.ts";
import { createLoss, type Loss } from "../../learning/loss/loss.ts";
import type { Optimizer } from "../../learning/optimizer/optimizer.ts";
import { createOptimizer } from "../../learning/optimizer/optimizer.ts";
import { type Examples, firstExamples, gather } from "../../learning/subject/examples.ts";
import type { Subject } from "../../learning/subject/subject.ts";

/** Changes every gradient before the optimizer receives it. */
export function withGradients(subject: Subject, change: (gradient: Tensor) => Tensor): Subject {
  return {
    ...subject,
    optimizer: () => {
      const inner = createOptimizer(subject.optimizer);
      return {
        update(variables, gradients) {
          const changed = gradients.map((gradient) => gradient && change(gradient));
          inner.update(variables, changed);
          for (const gradient of changed) gradient?.dispose();
        },
        dispose: inner.dispose,
      };
    },
  };
}

export const negated = (subject: Subject) => withGradients(subject, (gradient) => neg(gradient));
export const zeroed = (subject: Subject) => withGradients(subject, (gradient) => zerosLike(gradient));

/** Multiplies every gradient, as a loss that is averaged twice does. */
export const withScaledGradients = (subject: Subject, factor: number) =>
  withGradients(subject, (gradient) => mul(gradient, factor));

/** Accumulates gradients from step to step, as if the training code never reset them to 0. */
export function notCleared(subject: Subject): Subject {
  return {
    ...subject,
    optimizer: () => accumulating(createOptimizer(subject.optimizer)),
  };
}

function accumulating(inner: Optimizer): Optimizer {
  const sums = new Map<number, Tensor>();
  return {
    update(variables: readonly Variable[], gradients) {
      variables.forEach(({ id }, index) => {
        const gradient = gradients[index];
        if (!gradient) return;
        const before = sums.get(id);
        sums.set(id, before ? add(before, gradient) : gradient.clone());
        before?.dispose();
      });
      inner.update(
        variables,
        variables.map(({ id }) => sums.get(id) ?? null),
      );
    },
    dispose() {
      for (const sum of sums.values()) sum.dispose();
      sums.clear();
      inner.dispose();
    },
  };
}

/** The error of every prediction against every target: `[batch]` from `[batch, 1]` and its like. */
export const broadcastLoss: Loss = (targets, predictions) =>
  mean(square(sub(expandDims(targets, 0), expandDims(predictions, 1))));

/** The squared error with the wrong sign, so that training enlarges it. */
export const lossOfTheWrongSign: Loss = (targets, predictions) =>
  neg(mean(square(sub(targets, predictions))));

/** A loss that measures the size of the predictions and ignores the targets. */
export const lossWithoutTargets: Loss = (_targets, predictions) => mean(square(predictions));

/** Applies the subject's loss to its first output alone. */
export function lossOfFirstOutput({ loss }: Subject): Loss {
  const whole = createLoss(lossOfOutput(loss, 0));
  return (targets, predictions) => {
    const mask = oneHot(scalar(0, "int32"), targets.shape[1] as number);
    return whole(mul(targets, mask), mul(predictions, mask));
  };
}

/** Freezes one layer at its initial weights; `index` counts the layers with kernels. */
export function frozen(subject: Subject, index: number): Subject {
  return {
    ...subject,
    async buildModel(seed) {
      const model = await subject.buildModel(seed);
      const layer = model.layers
        .filter(({ weights }) => weights.some(({ shape }) => shape.length > 1))
        .at(index);
      if (layer) layer.trainable = false;
      return model;
    },
  };
}

/** Freezes every layer but the one that makes the outputs. */
export function allButLastFrozen(subject: Subject): Subject {
  return {
    ...subject,
    async buildModel(seed) {
      const model = await subject.buildModel(seed);
      const layers = model.layers.filter(({ weights }) => weights.length > 0);
      for (const layer of layers.slice(0, -1)) layer.trainable = false;
      return model;
    },
  };
}

/** Multiplies the initial weights of the hidden layers by `factor`. */
export function withLargeWeights(subject: Subject, factor: number): Subject {
  return {
    ...subject,
    async buildModel(seed) {
      const model = await subject.buildModel(seed);
      const layers = model.layers.filter(({ weights }) => weights.length > 0);
      for (const weight of layers.slice(0, -1).flatMap((layer) => layer.trainableWeights)) {
        const variable = weight.read() as Variable;
        const larger = mul(variable, factor);
        variable.assign(larger);
        larger.dispose();
      }
      return model;
    },
  };
}

/** Permutes the targets among a share of the examples. */
export function mislabelled(subject: Subject, share: number): Subject {
  const { train, seed } = subject;
  const wrong = Math.round(share * train.count);
  const order = Uint32Array.from({ length: train.count }, (_, index) => index);
  const dealt = shuffledIndices(wrong, seedStream(seed, "calibration/labels"));
  for (let index = 0; index < wrong; index++) order[index] = dealt[index] as number;
  return withTraining(subject, { ...train, targets: gather(train, order).targets });
}

export function withConstantLabels(subject: Subject): Subject {
  const { train } = subject;
  const targets = train.targets.map((_, index) => train.targets[index % train.outputs] as number);
  return withTraining(subject, { ...train, targets });
}

/** Keeps only the first `count` examples. */
export function withFewExamples(subject: Subject, count: number): Subject {
  return withTraining(subject, firstExamples(subject.train, count));
}

/** Fills the training set with repetitions of a few examples. */
export function withRepeatedExamples(subject: Subject, distinct: number): Subject {
  const indices = Uint32Array.from({ length: subject.train.count }, (_, index) => index % distinct);
  return withTraining(subject, gather(subject.train, indices));
}

/** Adds noise to the training inputs, uniform within ± `amplitude`. */
export function withNoise(subject: Subject, amplitude: number): Subject {
  const noise = seedStream(subject.seed, "calibration/noise");
  const inputs = subject.train.inputs.map((value) => value + amplitude * (2 * noise.uniform() - 1));
  return withTraining(subject, { ...subject.train, inputs });
}

/** Multiplies the inputs of both sets by `factor`. */
export function withInputs(subject: Subject, factor: number): Subject {
  return onBoth(subject, (examples) => ({
    ...examples,
    inputs: examples.inputs.map((value) => value * factor),
  }));
}

export function withTargets(subject: Subject, factor: number, shift: number): Subject {
  return onBoth(subject, (examples) => ({
    ...examples,
    targets: examples.targets.map((value) => value * factor + shift),
  }));
}

/** Exchanges the targets of the first two outputs, in the training set alone or in both sets. */
export function swapped(subject: Subject, both: boolean): Subject {
  const swap = (examples: Examples): Examples => ({
    ...examples,
    targets: examples.targets.map((target, index) => {
      const output = index % examples.outputs;
      return output > 1 ? target : (examples.targets[index + 1 - 2 * output] as number);
    }),
  });
  return both ? onBoth(subject, swap) : withTraining(subject, swap(subject.train));
}

/** Replaces the first half of the held-out examples by training examples. */
export function leaking(subject: Subject): Subject {
  const { train, heldOut } = subject;
  if (!heldOut) return subject;
  const known = firstExamples(train, heldOut.count >> 1);
  const inputs = heldOut.inputs.slice();
  const targets = heldOut.targets.slice();
  inputs.set(known.inputs);
  targets.set(known.targets);
  return { ...subject, heldOut: { ...heldOut, inputs, targets } };
}

/** Changes the scale of the held-out inputs. */
export function withForeignHeldOut(subject: Subject): Subject {
  const { heldOut } = subject;
  return heldOut
    ? { ...subject, heldOut: { ...heldOut, inputs: heldOut.inputs.map((value) => 2 - 3 * value) } }
    : subject;
}

function withTraining(subject: Subject, train: Examples): Subject {
  return { ...subject, train };
}

function onBoth(subject: Subject, change: (examples: Examples) => Examples): Subject {
  return { ...subject, train: change(subject.train), heldOut: subject.heldOut && change(subject.heldOut) };
}
