import { type LayersModel, layers, loadLayersModel, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test, vi } from "vitest";

import { seedWeights } from "../../../src/learning/subject/seedModel.ts";
import { withinBudget } from "../../../src/learning/subject/weightBudget.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(() => startEngineUnderTest());

/** An LSTM whose recurrent kernel is so large that TensorFlow.js warns before it makes it orthogonal. */
function recurrent(): LayersModel {
  return sequential({
    layers: [layers.lstm({ units: 24, inputShape: [3, 2] }), layers.dense({ units: 1 })],
  });
}

function copyOf(model: LayersModel): Promise<LayersModel> {
  const modelTopology = model.toJSON(null, false) as unknown as object;
  return loadLayersModel({ load: async () => ({ modelTopology }) });
}

function recurrentKernel(model: LayersModel): readonly number[] {
  return Array.from(model.getWeights()[1]?.dataSync() ?? []);
}

test("orthogonal weights are not computed where they are replaced, and are drawn as before", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const stock = recurrent();
  expect(warn).toHaveBeenCalledOnce();

  const model = await withinBudget("model", () => copyOf(stock));

  expect(warn).toHaveBeenCalledOnce();
  expect(recurrentKernel(model).every((weight) => weight === 0)).toBe(true);
  expect(model.toJSON(null, false)).toEqual(stock.toJSON(null, false));
  for (const one of [stock, model]) seedWeights(one, 3);
  // No user is warned of matrices that TensorFlow.js calls slow.
  expect(warn).toHaveBeenCalledOnce();
  expect(recurrentKernel(model)).toEqual(recurrentKernel(stock));
  expect(recurrentKernel(model).some((weight) => weight !== 0)).toBe(true);
  for (const one of [stock, model]) one.dispose();
  warn.mockRestore();
});
