// Recurrent networks that learn a task, drawn from regions in which every seed that was tried did.

import fc from "fast-check";
import type { OwnConfig } from "../../../learning/config/schema.ts";
import { runSeed } from "../../arbitrary/runSeed.ts";
import { type SequenceModel, sequenceSubjects } from "./sequenceSubjects.ts";
import { type SequenceTaskName, sequenceTasks } from "./sequenceTasks.ts";

const names = Object.keys(sequenceTasks) as SequenceTaskName[];

/** A config of a recurrent network that learns from whatever seed it draws. */
export function healthySequenceConfig(): fc.Arbitrary<OwnConfig> {
  return fc
    .record({
      seed: runSeed(),
      task: fc.constantFrom(...names),
      cell: fc.constantFrom<SequenceModel["cell"][]>("gru", "lstm", "simpleRNN"),
      units: fc.integer({ min: 12, max: 16 }),
      length: fc.integer({ min: 6, max: 8 }),
      learningRate: fc.double({ min: 0.005, max: 0.01, noNaN: true }),
      examples: fc.integer({ min: 300, max: 400 }),
      batchSize: fc.integer({ min: 24, max: 48 }),
    })
    .map(({ seed, task, cell, units, length, learningRate, examples, batchSize }) => {
      const { classification, outputs } = sequenceTasks[task];
      const [outputActivation, loss] = classification
        ? outputs === 1
          ? ["sigmoid", "binaryCrossentropy"]
          : ["softmax", "categoricalCrossentropy"]
        : ["linear", "mse"];
      return sequenceSubjects[task].config({
        seed,
        model: { cell, units, outputActivation },
        data: { examples, heldOut: 100, length },
        training: {
          loss: { name: loss } as NonNullable<OwnConfig["training"]["loss"]>,
          optimizer: { name: "adam", learningRate },
          batchSize,
          steps: 500,
        },
      });
    });
}
