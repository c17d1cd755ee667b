import { describe, expect, test } from "vitest";
import { changeConfig } from "../../../src/learning/config/changeConfig.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { resize } from "../../../src/learning/config/resize.ts";

const box = parseConfig({ model: { filters: [32, 64, 3], hiddenUnits: [100] } });
const hidden = [
  { units: 16, activation: "tanh" },
  { units: 2, activation: "relu" },
];
const dense = parseConfig({ subject: "dense", model: { hidden } });

describe("a resized config", () => {
  test("has a share of every convolution's filters and hidden layer's units, one at least", () => {
    expect(resize(box, 1 / 8)).toEqual({ "model.filters": [4, 8, 1], "model.hiddenUnits": [13] });
    expect(resize(dense, 1 / 8)).toEqual({
      "model.hidden": [
        { units: 2, activation: "tanh" },
        { units: 1, activation: "relu" },
      ],
    });
  });

  test("has more layers, as wide as the last hidden one", () => {
    expect(changeConfig(box, resize(box, 2, 1))?.config.model).toMatchObject({ hiddenUnits: [200, 200] });
    expect(changeConfig(dense, resize(dense, 1, 2))?.config.model).toMatchObject({
      hidden: [...hidden, hidden[1], hidden[1]],
    });
  });

  test("has a hidden layer where it had none, and is the same where nothing is asked for", () => {
    const linear = parseConfig({ subject: "dense", model: { hidden: [] } });

    expect(resize(linear, 2)).toEqual({ "model.hidden": [{ units: 16, activation: "relu" }] });
    expect(changeConfig(dense, resize(dense, 1))).toBeNull();
  });
});
