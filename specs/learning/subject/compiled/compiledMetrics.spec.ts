import { abs, mean, pow, sub, type Tensor } from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { definitionOf } from "../../../../src/learning/config/ownDefaults.ts";
import { defineCompiledModel } from "../../../../src/learning/subject/compiled/compiledModel.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

type Metric = (targets: Tensor, predictions: Tensor) => Tensor;
const distance: Metric = (targets, predictions) => abs(sub(targets, predictions));
const own: Metric = (targets, predictions) => mean(pow(distance(targets, predictions), 1.5));
const error: Metric = (targets, predictions) => mean(distance(targets, predictions), -1);
const score: Metric = (targets, predictions) => sub(1, error(targets, predictions));
const total: Metric = (targets, predictions) => mean(distance(targets, predictions));

async function measureFor(loss: Metric | string, metrics: (Metric | string)[]) {
  const model = sequential({ layers: [layers.dense({ inputShape: [1], units: 1 })] });
  model.compile({ loss, optimizer: "sgd", metrics: metrics as string[] });
  try {
    const y = [0.5, 1.5, 2.5, 4];
    const defined = await defineCompiledModel(model, { x: [[0], [1], [2], [3]], y });
    const config = defined.config();
    return config.errorMeasure ?? definitionOf(config).errorMeasures;
  } finally {
    model.dispose();
  }
}

test("a loss of one's own is judged by the first metric that is an error", async () => {
  expect(await measureFor(own, ["mae"])).toBe("meanAbsoluteError");
  expect(await measureFor(own, [score, total, error])).toBe(error);
});

test("nothing but the squared error judges where no metric is one, or the loss is a named one", async () => {
  expect(await measureFor(own, [score, total])).toBeNull();
  expect(await measureFor(own, ["mse", "mae"])).toBeNull();
  expect(await measureFor("meanSquaredError", ["mae"])).toBeNull();
});
