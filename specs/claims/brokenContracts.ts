// Subjects that break what a model, its loss or its optimizer promises whatever they learn. Each has one fault.

import {
  addN,
  mean,
  mul,
  train as optimizers,
  type Scalar,
  squaredDifference,
  sub,
  sum,
  type Tensor,
  tensor,
  tensor1d,
} from "@tensorflow/tfjs-core";
import { initializers, layers, sequential } from "@tensorflow/tfjs-layers";
import { parseConfig } from "../../src/learning/config/parseConfig.ts";
import type { BuiltInConfig } from "../../src/learning/config/schema.ts";
import type { Loss } from "../../src/learning/loss/loss.ts";
import { createSubject } from "../../src/learning/subject/createSubject.ts";
import { seedDropout } from "../../src/learning/subject/seedModel.ts";
import type { Subject } from "../../src/learning/subject/subject.ts";

/** A small network that learns a formula of two columns, from standardised inputs to targets of their size. */
export function soundSubject(seed: number): Subject {
  return createSubject(
    parseConfig({
      subject: "dense",
      seed,
      model: { inputs: 2, hidden: [{ units: 16, activation: "tanh" }], outputs: 1 },
      data: { formula: ["2 * x0 * x1 + x0"], inputRange: [-1, 1], examples: 200, heldOut: 100 },
      training: { optimizer: { name: "adam", learningRate: 0.02 }, batchSize: 32, steps: 300 },
    }) as BuiltInConfig,
  );
}

/** The sound subject with a network of one hidden layer and other layers before, within or behind it. */
export function withLayers(seed: number, build: (seed: number) => layers.Layer[]): Subject {
  const subject = soundSubject(seed);
  return {
    ...subject,
    buildModel: (modelSeed) => {
      const model = sequential({ layers: build(modelSeed) });
      seedDropout(model, modelSeed);
      return model;
    },
  };
}

export const dense = (units: number, seed: number, more: object = {}) =>
  layers.dense({ units, kernelInitializer: initializers.glorotUniform({ seed }), ...more });
const hidden = (seed: number, more: object = {}) => dense(16, seed, { activation: "tanh", ...more });

/** A layer of one's own that maps `[batch, units]` to the same shape. */
export function ownLayer(name: string, map: (input: Tensor, training: boolean) => Tensor): layers.Layer {
  class Own extends layers.Layer {
    static readonly className = name;
    override computeOutputShape(shape: number[]): number[] {
      return shape;
    }
    override call(inputs: Tensor | Tensor[], { training }: { training?: boolean }): Tensor {
      return map((Array.isArray(inputs) ? inputs[0] : inputs) as Tensor, training === true);
    }
  }
  return new Own({ name });
}

/** Every example is seen from the mean of its batch, in evaluation as well. */
export function centredBatches(seed: number): Subject {
  return withLayers(seed, (model) => [
    hidden(model, { inputShape: [2] }),
    ownLayer("centred", (input) => sub(input, mean(input, 0))),
    dense(1, model + 1),
  ]);
}

/** Dropout whose call always trains. */
export function dropoutInEvaluation(seed: number): Subject {
  return withLayers(seed, (model) => {
    const dropout = layers.dropout({ rate: 0.3 });
    const call = dropout.call.bind(dropout);
    dropout.call = (inputs) => call(inputs, { training: true });
    return [hidden(model, { inputShape: [2] }), dropout, dense(1, model + 1)];
  });
}

/** The second column is multiplied by 0 on its way. */
export function columnCutOff(seed: number): Subject {
  return withLayers(seed, (model) => [
    layers.inputLayer({ inputShape: [2] }),
    ownLayer("cut", (input) => mul(input, tensor1d([1, 0]))),
    hidden(model),
    dense(1, model + 1),
  ]);
}

/** Both columns are multiplied by 0 before the first layer, so that every example looks the same. */
export function inputCutOff(seed: number): Subject {
  return withLayers(seed, (model) => [
    layers.inputLayer({ inputShape: [2] }),
    ownLayer("cut", (input) => mul(input, 0)),
    hidden(model),
    dense(1, model + 1),
  ]);
}

/** The shares of a softmax, pooled over all of them: their mean is 1 / 16 whatever the input is. */
export function sharesPooled(seed: number): Subject {
  return withLayers(seed, (model) => [
    hidden(model, { inputShape: [2], activation: "softmax" }),
    layers.reshape({ targetShape: [16, 1] }),
    layers.globalAveragePooling1d({ name: "pool" }),
    dense(1, model + 1),
  ]);
}

/** A frozen batch normalisation, whose averages TensorFlow.js moves all the same. */
export function frozenAveragesMove(seed: number): Subject {
  return withLayers(seed, (model) => [
    hidden(model, { inputShape: [2] }),
    layers.batchNormalization({ trainable: false }),
    dense(1, model + 1),
  ]);
}

/** Averages with a momentum of 1 stay what they were drawn. */
export function averagesThatStay(seed: number): Subject {
  return withLayers(seed, (model) => [
    hidden(model, { inputShape: [2] }),
    layers.batchNormalization({ momentum: 1 }),
    dense(1, model + 1),
  ]);
}

/** An optimizer that was given the kernels alone. */
export function kernelsAlone(seed: number): Subject {
  return {
    ...soundSubject(seed),
    optimizer: () => {
      const adam = optimizers.adam(0.02);
      return {
        update: (variables, gradients) =>
          adam.applyGradients(
            variables.flatMap(({ name, shape }, index) => {
              const tensor = gradients[index];
              return tensor && shape.length > 1 ? [{ name, tensor }] : [];
            }),
          ),
        dispose: () => adam.dispose(),
      };
    },
  };
}

/** The first layer's output is read and made a tensor anew, through which no gradient passes. */
export function gradientCutOff(seed: number): Subject {
  return withLayers(seed, (model) => [
    hidden(model, { inputShape: [2] }),
    ownLayer("copied", (input) => tensor(input.dataSync(), input.shape)),
    dense(1, model + 1),
  ]);
}

/** The sum of squared errors in place of their mean. */
export const summedLoss: Loss = (targets, predictions) =>
  sum(squaredDifference(targets, predictions)) as Scalar;

/** The squared error of the whole batch's mean, in which the examples make good for each other. */
export const mixingLoss: Loss = (targets, predictions) =>
  squaredDifference(mean(targets), mean(predictions)) as Scalar;

/** Steps that suit a mean and are 32 times too large for a sum. */
export function summed(seed: number): Subject {
  return { ...soundSubject(seed), loss: summedLoss, optimizer: { ...sgd, learningRate: 0.1 } };
}

const sgd = parseConfig({ subject: "dense", training: { optimizer: { name: "sgd", learningRate: 0.1 } } })
  .training.optimizer;

/** Kernels a hundred times as large as sound ones. */
export function largeWeights(seed: number): Subject {
  return withLayers(seed, (model) => {
    const large = (unitSeed: number) => ({
      kernelInitializer: initializers.randomNormal({ stddev: 50, seed: unitSeed }),
    });
    return [hidden(model, { inputShape: [2], ...large(model) }), dense(1, model + 1, large(model + 1))];
  });
}

/** Plain descent from weights of a deviation; from one of almost nothing, hardly anything of an example passes the layers. */
export function descentFrom(seed: number, stddev: number): Subject {
  const drawn = (unitSeed: number, more: object = {}) =>
    hidden(unitSeed, { kernelInitializer: initializers.randomNormal({ stddev, seed: unitSeed }), ...more });
  return {
    ...withLayers(seed, (model) => [
      drawn(model, { inputShape: [2] }),
      drawn(model + 1),
      dense(1, model + 2),
    ]),
    optimizer: { name: "sgd", learningRate: 0.2, weightDecay: 0 },
  };
}

/** A layer that keeps a running mean of its inputs in a field, which no saved state holds. */
export function hiddenMemory(seed: number): Subject {
  return withLayers(seed, (model) => {
    let memory = 0;
    return [
      hidden(model, { inputShape: [2] }),
      ownLayer("memory", (input, training) => {
        if (training) memory = 0.5 * memory + 0.5 * (mean(input).dataSync()[0] as number);
        return addN([input, mul(input, memory)]);
      }),
      dense(1, model + 1),
    ];
  });
}
