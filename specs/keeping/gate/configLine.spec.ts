import { describe, expect, test } from "vitest";
import { configLine } from "../../../src/keeping/gate/configLine.ts";

const TEXT = `{
  "seed": 1,
  "model": {
    "filters": [
      4,
      8
    ]
  },
  "training": { "steps": 3 }
}`;

describe("the line of a field", () => {
  test.each([
    ["seed", 2],
    ["model.filters", 4],
    ["training.steps", 9],
    ["training.optimizer.learningRate", 9],
    ["model.useBias", 3],
    ["model.filters[1]", 4],
    ["data.noise", 1],
    ["", 1],
  ])("%s stands on line %i", (field, line) => {
    expect(configLine(TEXT, field)).toBe(line);
    expect(configLine(TEXT.replaceAll("\n", "\r\n"), field)).toBe(line);
  });

  test("of a file that is no JSON, or no file, is the first", () => {
    expect(configLine("no", "seed")).toBe(1);
    expect(configLine("", "seed")).toBe(1);
  });
});
