// Fully connected networks that learn a formula or two, drawn from regions in which every seed that was tried did.

import fc from "fast-check";
import { parseConfig } from "../../learning/config/parseConfig.ts";
import type { DenseConfig } from "../../learning/config/schema.ts";
import { runSeed } from "./runSeed.ts";

/** A formula to learn, with the output activation and the loss that suit it. */
interface Task {
  readonly inputs: number;
  readonly formula: readonly string[];
  readonly classification: boolean;
}

const REGRESSIONS: readonly Omit<Task, "classification">[] = [
  { inputs: 1, formula: ["x0 * x0"] },
  { inputs: 1, formula: ["sin(3 * x0)"] },
  { inputs: 2, formula: ["x0 * x1 + 0.5 * x0"] },
  { inputs: 2, formula: ["x0 - x1", "x0 * x0"] },
  { inputs: 3, formula: ["x0 * x1 - 0.5 * x2"] },
  { inputs: 4, formula: ["x0 + x1 * x2 - 0.5 * x3", "x3 * x3 - x0"] },
];

const CLASSES: readonly Omit<Task, "classification">[] = [
  { inputs: 2, formula: ["x0 > x1"] },
  { inputs: 2, formula: ["x0 + 2 * x1 > 0.6"] },
  { inputs: 2, formula: ["x0", "x1", "0.4"] },
  { inputs: 3, formula: ["x0 + x1", "2 * x2", "x0 * x1 + 0.5"] },
];

// Above 0, relu units of one input and no bias all bend at 0: two of 83 such networks stayed a line.
const SIGNED: readonly [number, number] = [-1, 1];

const TASKS: readonly Task[] = [
  ...REGRESSIONS.map((task) => ({ ...task, classification: false })),
  ...CLASSES.map((task) => ({ ...task, classification: true })),
];

/**
 * A config of the subject `dense` that learns from whatever seed it draws, in about half a second. Shrinks towards
 * one narrow hidden layer on the square of a number.
 */
export function healthyDenseConfig(): fc.Arbitrary<DenseConfig> {
  return fc
    .record({
      seed: runSeed(),
      task: fc.constantFrom(...TASKS),
      hidden: fc.array(
        fc.record({
          units: fc.integer({ min: 16, max: 32 }),
          activation: fc.constantFrom(...(["relu", "tanh", "leakyRelu"] as const)),
        }),
        { minLength: 1, maxLength: 2 },
      ),
      kernelInitializer: fc.constantFrom(...(["glorotUniform", "glorotNormal", "heNormal"] as const)),
      learningRate: fc.double({ min: 0.007, max: 0.015, noNaN: true }),
      inputRange: fc.constantFrom<[number, number][]>([0, 1], [-1, 1]),
      examples: fc.integer({ min: 200, max: 400 }),
      batchSize: fc.integer({ min: 16, max: 64 }),
    })
    .map(({ seed, task, hidden, kernelInitializer, learningRate, inputRange, examples, batchSize }) => {
      const outputs = task.formula.length;
      return parseConfig({
        subject: "dense",
        seed,
        model: { inputs: task.inputs, hidden, outputs, kernelInitializer, outputActivation: headOf(task) },
        data: {
          formula: task.formula,
          classification: task.classification,
          inputRange: task.inputs === 1 ? SIGNED : inputRange,
          examples,
          heldOut: 100,
        },
        training: {
          loss: { name: lossOf(task) },
          optimizer: { name: "adam", learningRate },
          batchSize,
          steps: 800,
        },
      }) as DenseConfig;
    });
}

function headOf({ classification, formula }: Task): string {
  return classification ? (formula.length === 1 ? "sigmoid" : "softmax") : "linear";
}

function lossOf({ classification, formula }: Task): string {
  if (!classification) return "mse";
  return formula.length === 1 ? "binaryCrossentropy" : "categoricalCrossentropy";
}
