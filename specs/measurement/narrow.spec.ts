import { describe, expect, test } from "vitest";
import { parseConfig } from "../../src/config/parseConfig.ts";
import { narrow } from "../../src/measurement/narrow.ts";

describe("a narrower config", () => {
  test("has a share of every convolution's filters and hidden layer's units, one at least", () => {
    const box = parseConfig({ model: { filters: [32, 64, 3], hiddenUnits: [100] } });
    const hidden = [{ units: 16, activation: "tanh" }, { units: 2 }];
    const dense = parseConfig({ subject: "dense", model: { hidden } });

    expect(narrow(box, 1 / 8).model).toEqual({ ...box.model, filters: [4, 8, 1], hiddenUnits: [13] });
    expect(narrow(dense, 1 / 8).model).toMatchObject({
      hidden: [
        { units: 2, activation: "tanh" },
        { units: 1, activation: "relu" },
      ],
      outputs: 1,
    });
    expect(narrow(dense, 1)).toEqual(dense);
  });
});
