// Recurrent networks under calibration, one subject for each task, since a subject's examples are classes or are none.

import { initializers, layers, regularizers, type Sequential, sequential } from "@tensorflow/tfjs-layers";
import type { OwnConfig } from "../../../learning/config/schema.ts";
import { type DefinedSubject, defineSubject } from "../../../learning/subject/defineSubject.ts";
import { drawSequences, type SequenceTask, type SequenceTaskName, sequenceTasks } from "./sequenceTasks.ts";

/** The settings of a model. */
export interface SequenceModel {
  readonly [key: string]: string | number | boolean | null;
  readonly cell: "simpleRNN" | "gru" | "lstm";
  /** Units of each recurrent layer. */
  readonly units: number;
  /** Recurrent layers, one on another. */
  readonly depth: number;
  readonly activation: "tanh" | "relu" | "sigmoid" | "linear";
  readonly outputActivation: "linear" | "sigmoid" | "softmax" | "relu" | "tanh" | "softplus";
  /** How wide the embedding of a word is. */
  readonly embedding: number;
  readonly kernelInitializer: "glorotUniform" | "heNormal" | "zeros" | "ones";
  /** Standard deviation of the recurrent kernel's initial weights; null for orthogonal ones. */
  readonly recurrentDeviation: number | null;
  readonly dropout: number;
  readonly recurrentDropout: number;
  readonly l2: number;
}

const MODEL: SequenceModel = {
  cell: "gru",
  units: 16,
  depth: 1,
  activation: "tanh",
  outputActivation: "linear",
  embedding: 8,
  kernelInitializer: "glorotUniform",
  recurrentDeviation: null,
  dropout: 0,
  recurrentDropout: 0,
  l2: 0,
};

/** The subject of each task; importing this file makes them known. */
export const sequenceSubjects = Object.fromEntries(
  Object.entries(sequenceTasks).map(([name, task]) => [name, define(name as SequenceTaskName, task)]),
) as Readonly<Record<SequenceTaskName, DefinedSubject>>;

/** Whether a config is one of these subjects. */
export function isSequence(config: OwnConfig): boolean {
  return Object.values(sequenceSubjects).some(({ name }) => name === config.name);
}

function define(name: SequenceTaskName, task: SequenceTask): DefinedSubject {
  return defineSubject({
    name: `sequences-${name}`,
    model: MODEL,
    data: { length: 8, padding: 0 },
    classification: task.classification,
    examples: (request) => drawSequences(name, request),
    buildModel: ({ model }) => build(model, task),
  });
}

function build(model: SequenceModel, { words, outputs }: SequenceTask): Sequential {
  const network = sequential();
  if (words > 0)
    network.add(
      layers.embedding({ inputDim: words, outputDim: model.embedding, batchInputShape: [null, null] }),
    );
  for (let layer = 1; layer <= model.depth; layer++) {
    const isInput = layer === 1 && words === 0;
    network.add(
      layers[model.cell]({
        ...(isInput && { inputShape: [null, 1] as unknown as number[] }),
        units: model.units,
        activation: model.activation,
        kernelInitializer: model.kernelInitializer,
        recurrentInitializer:
          model.recurrentDeviation === null
            ? "orthogonal"
            : initializers.randomNormal({ mean: 0, stddev: model.recurrentDeviation }),
        dropout: model.dropout,
        recurrentDropout: model.recurrentDropout,
        ...(model.l2 > 0 && {
          kernelRegularizer: regularizers.l2({ l2: model.l2 }),
          recurrentRegularizer: regularizers.l2({ l2: model.l2 }),
        }),
        returnSequences: layer < model.depth,
      }),
    );
  }
  const { outputActivation: activation, kernelInitializer } = model;
  network.add(layers.dense({ units: outputs, activation, kernelInitializer }));
  return network;
}
