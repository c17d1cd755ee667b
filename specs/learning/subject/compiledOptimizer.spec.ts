// What a config makes of TensorFlow.js's own optimizers must move weights as they do.

import { train as optimizers, type Tensor, tensor1d, type Variable, variable } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { configSchema } from "../../../src/learning/config/schema.ts";
import { createOptimizer } from "../../../src/learning/optimizer/optimizer.ts";
import { readCompiledOptimizer } from "../../../src/learning/subject/compiled/compiledOptimizer.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

type Stock = ReturnType<typeof optimizers.sgd>;

/** Each is made when the engine runs: some read its ε. */
const STOCK: readonly [string, () => Stock][] = [
  ["sgd", () => optimizers.sgd(0.1)],
  ["momentum", () => optimizers.momentum(0.1, 0.8) as Stock],
  ["Nesterov's momentum", () => optimizers.momentum(0.1, 0.8, true) as Stock],
  ["adam", () => optimizers.adam(0.1, 0.8, 0.9, 0.02) as unknown as Stock],
  ["adamax", () => optimizers.adamax(0.1, 0.8, 0.9, 0.02) as unknown as Stock],
  ["adamax with decay", () => optimizers.adamax(0.1, 0.8, 0.9, 0.02, 0.3) as unknown as Stock],
  ["rmsprop", () => optimizers.rmsprop(0.1, 0.7, 0, 0.02) as unknown as Stock],
  ["rmsprop with momentum", () => optimizers.rmsprop(0.1, 0.7, 0.5, 0.02) as unknown as Stock],
  ["adagrad", () => optimizers.adagrad(0.1, 0.3) as unknown as Stock],
];

const gradientAt = (step: number) => tensor1d([0.4 * Math.cos(step), 0.03 * (step + 1), -0.7]);
const START = [1, -2, 3];

function moved(update: (weights: Variable, gradient: Tensor) => void): number[] {
  const start = tensor1d(START);
  const weights = variable(start);
  start.dispose();
  for (let step = 0; step < 6; step++) {
    const gradient = gradientAt(step);
    update(weights, gradient);
    gradient.dispose();
  }
  const values = [...weights.dataSync()];
  weights.dispose();
  return values;
}

/** TensorFlow.js's momentum keeps the scalar of its learning rate when it is disposed. */
function disposeWhole(stock: Pick<Stock, "dispose">): void {
  stock.dispose();
  const { c } = stock as { c?: Tensor };
  if (c && !c.isDisposed) c.dispose();
}

function movedBy(stock: Pick<Stock, "applyGradients" | "dispose">): number[] {
  const values = moved((weights, tensor) => stock.applyGradients([{ name: weights.name, tensor }]));
  disposeWhole(stock);
  return values;
}

/** Reads an optimizer that is disposed again. */
function readOf(make: () => Stock) {
  const optimizer = make();
  const read = readCompiledOptimizer({ optimizer });
  return { ...read, dispose: () => disposeWhole(optimizer) };
}

function movedByConfig(written: object): number[] {
  const { optimizer } = configSchema.parse({ training: { optimizer: written } }).training;
  const ours = createOptimizer(optimizer);
  const values = moved((weights, gradient) => ours.update([weights], [gradient]));
  ours.dispose();
  return values;
}

beforeAll(async () => {
  await startEngineUnderTest();
});

describe.each(STOCK)("TensorFlow.js's %s", (_, make) => {
  test("moves weights as the config does that is read from it", () => {
    const { config, own, dispose } = readOf(make);

    dispose();
    expect(own).toBeNull();
    const expected = movedBy(make());
    movedByConfig(config as object).forEach((weight, index) => {
      expect(weight).toBeCloseTo(expected[index] as number, 5);
    });
  });

  test("is told apart from twice its learning rate", () => {
    const { config, dispose } = readOf(make);
    dispose();
    const faster = { ...config, learningRate: 2 * (config as { learningRate: number }).learningRate };

    expect(movedByConfig(faster)[2]).not.toBeCloseTo(movedBy(make())[2] as number, 3);
  });
});

test.each<[string, () => Stock]>([
  ["centred rmsprop", () => optimizers.rmsprop(0.1, 0.7, 0.5, 0.02, true) as unknown as Stock],
  ["adadelta", () => optimizers.adadelta(0.1, 0.7, 0.02) as unknown as Stock],
])("TensorFlow.js's %s has a formula of its own and keeps its code", (_, make) => {
  const { config, own, dispose } = readOf(make);

  expect(config).toBeNull();
  expect(movedBy(own?.() as Stock)).toEqual(movedBy(make()));
  dispose();
});
