import { expect, test } from "vitest";
import { columnsBehind } from "../../../../src/learning/keras/translate/columnsBehind.ts";

const dense = { class_name: "Dense", name: "d", config: { name: "d", units: 1 } };
const functional = {
  class_name: "Model",
  config: {
    name: "m",
    layers: [dense],
    output_layers: [
      ["d", 0, 0],
      ["d", 1, 0],
    ],
  },
};

test("an output of one number for each example becomes a column, and another stays as it is", () => {
  const { config } = columnsBehind(functional, [{ shape: [null] }, { shape: [null, 1] }]);

  expect(config.output_layers).toEqual([
    ["d_column_0", 0, 0],
    ["d", 1, 0],
  ]);
  expect(config.layers).toMatchObject([
    dense,
    { class_name: "KerasReshape", config: { target_shape: [1] }, inbound_nodes: [[["d", 0, 0, {}]]] },
  ]);
});

test("so does that of a Sequential model", () => {
  const sequential = { class_name: "Sequential", config: { name: "s", layers: [dense] } };

  const { config } = columnsBehind(sequential, [{ shape: [null] }]);

  expect(config.layers).toMatchObject([dense, { class_name: "KerasReshape" }]);
});

test("a model whose outputs have axes of their own stays as it is: the twin", () => {
  expect(columnsBehind(functional, [{ shape: [null, 3] }, { shape: [null, 1] }])).toBe(functional);
  expect(columnsBehind(functional)).toBe(functional);
});
