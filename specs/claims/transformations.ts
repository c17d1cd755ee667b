// Subjects changed in a way that has a known answer: each transformation changes the examples and, where it must, the
// initial weights, so that a training run has to follow it step by step.

import { dispose, tensor } from "@tensorflow/tfjs-core";
import { type LayersModel, layers, type Sequential, type SymbolicTensor } from "@tensorflow/tfjs-layers";
import { type Examples, gather } from "../../src/learning/subject/examples.ts";
import type { Subject } from "../../src/learning/subject/subject.ts";

/** The subject with its training examples in another order. */
export function permuted(subject: Subject, order: ArrayLike<number>): Subject {
  return { ...subject, train: gather(subject.train, order) };
}

/** x called y and y called x: in the targets, and in the columns of the output layer. */
export function withAxesSwapped(subject: Subject): Subject {
  return withChangedWeights(withTargets(subject, swapColumns), (name, values) =>
    name === "output" ? swapColumns(values) : values,
  );
}

/** Every other number exchanged with its neighbour: the two columns of a table, `[rows, 2]` or `[2]`. */
export function swapColumns(table: Float32Array): Float32Array {
  return table.map((_, index) => table[index ^ 1] as number);
}

/** Targets moved by `shift`, and the output's bias with them. */
export function shifted(subject: Subject, shift: number): Subject {
  return withChangedWeights(
    withTargets(subject, (targets) => targets.map((value) => value + shift)),
    (name, values, shape) =>
      name === "output" && shape.length === 1 ? values.map((value) => value + shift) : values,
  );
}

/** Targets times `factor`; what the model puts out is multiplied by it last, in a layer that does not train. */
export function scaled(subject: Subject, factor: number): Subject {
  const buildModel = async (seed: number) => {
    const model = (await subject.buildModel(seed)) as Sequential;
    const scale = layers.dense({ name: "scale", units: 2, useBias: false, trainable: false });
    model.add(scale);
    setWeights(scale, [{ values: Float32Array.of(factor, 0, 0, factor), shape: [2, 2] }]);
    return model;
  };
  return { ...withTargets(subject, (targets) => targets.map((value) => value * factor)), buildModel };
}

/** Pictures mirrored left to right and x turned round, with an initial network that is the mirror image. */
export function mirrored(subject: Subject): Subject {
  const [height, width, channels] = subject.train.inputShape as [number, number, number];
  const pictures = flip(subject.train.inputs, [subject.train.count * height, width, channels]);
  const turned = withTargets(subject, negateFirstColumn);
  return withChangedWeights(
    { ...turned, train: { ...turned.train, inputs: pictures } },
    (name, values, shape, model) => {
      if (name.startsWith("conv") && shape.length === 4) {
        const [rows, columns, from, to] = shape as [number, number, number, number];
        return flip(values, [rows, columns, from * to]);
      }
      if (name === "hidden1" && shape.length === 2) {
        const [rows, columns, filters] = featureMapShape(model);
        return flip(values, [rows, columns, filters * (shape[1] as number)]);
      }
      return name === "output" ? negateFirstColumn(values) : values;
    },
  );
}

/** The first of two columns with its sign turned. */
export function negateFirstColumn(table: Float32Array): Float32Array {
  return table.map((value, index) => (index % 2 === 0 ? -value : value));
}

/** Turns the second axis of `[rows, columns, depth]` round. */
function flip(values: Float32Array, [, columns, depth]: readonly [number, number, number]): Float32Array {
  return values.map((_, index) => {
    const column = Math.floor(index / depth) % columns;
    return values[index + (columns - 1 - 2 * column) * depth] as number;
  });
}

/** `[rows, columns, filters]` of what the last convolution puts out. */
function featureMapShape(model: LayersModel): [number, number, number] {
  const { shape } = model.getLayer("flatten").input as SymbolicTensor;
  const [, rows, columns, filters] = shape;
  return [rows as number, columns as number, filters as number];
}

function withTargets(subject: Subject, change: (targets: Float32Array) => Float32Array): Subject {
  const train: Examples = { ...subject.train, targets: change(subject.train.targets) };
  return { ...subject, train };
}

type ChangeOfWeights = (
  layer: string,
  values: Float32Array,
  shape: readonly number[],
  model: LayersModel,
) => Float32Array;

function withChangedWeights(subject: Subject, change: ChangeOfWeights): Subject {
  const buildModel = async (seed: number) => {
    const model = await subject.buildModel(seed);
    for (const layer of model.layers) {
      const weights = layer.getWeights().map((weight) => ({
        values: change(layer.name, weight.dataSync() as Float32Array, weight.shape, model),
        shape: weight.shape,
      }));
      if (weights.length > 0) setWeights(layer, weights);
    }
    return model;
  };
  return { ...subject, buildModel };
}

function setWeights(
  layer: layers.Layer,
  weights: readonly { values: Float32Array; shape: readonly number[] }[],
): void {
  const tensors = weights.map(({ values, shape }) => tensor(values, [...shape]));
  layer.setWeights(tensors);
  dispose(tensors);
}
