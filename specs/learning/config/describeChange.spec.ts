import { describe, expect, test } from "vitest";
import { describeChange } from "../../../src/learning/config/describeChange.ts";

const layers = (units: number[], activation: string) => units.map((each) => ({ units: each, activation }));

describe("a change in words", () => {
  test.each([
    ["training.steps", 500, 2000, "training.steps 500 → 2000"],
    ["model.filters", [2, 4], [4, 8], "model.filters [2,4] → [4,8]"],
    [
      "model.hidden",
      layers([16, 16], "sigmoid"),
      layers([16, 16], "relu"),
      'model.hidden[].activation "sigmoid" → "relu"',
    ],
    ["model.hidden", layers([2, 4], "relu"), layers([4, 8], "relu"), "model.hidden[].units [2,4] → [4,8]"],
    [
      "model.hidden",
      layers([2], "tanh"),
      layers([4], "relu"),
      'model.hidden[].units 2 → 4, model.hidden[].activation "tanh" → "relu"',
    ],
    ["model.hidden", [], layers([8], "relu"), 'model.hidden [] → [{"units":8,"activation":"relu"}]'],
    [
      "training.optimizer",
      { name: "sgd", learningRate: 0.01, weightDecay: 0 },
      { name: "adam", learningRate: 0.003, weightDecay: 0 },
      "training.optimizer sgd (learningRate 0.01) → adam (learningRate 0.003)",
    ],
    [
      "training.optimizer",
      { name: "sgd", schedule: { name: "piecewise", factors: [1, 0.5, 0.25, 0.125, 0.1, 0.05, 0.01] } },
      { name: "adam" },
      'training.optimizer sgd (schedule {"name":"piecewise","factors":[1,0.5,…,0.01]}) → adam',
    ],
    ["training.loss", { name: "mse" }, { name: "mae" }, "training.loss mse → mae"],
    ["training.optimizer.clipNorm", undefined, 1, "training.optimizer.clipNorm unset → 1"],
    ["rework.width", 1, 2, "twice the units or filters of every hidden layer (rework.width 1 → 2)"],
    ["rework.width", 1, 1.5, "1.5 times the units or filters of every hidden layer (rework.width 1 → 1.5)"],
    [
      "rework.activation",
      null,
      "relu",
      'relu as the activation of every hidden layer (rework.activation null → "relu")',
    ],
    ["rework.activation", "relu", null, 'rework.activation "relu" → null'],
  ])("says of %s from %j to %j: %s", (path, before, after, words) => {
    expect(describeChange(path, before, after)).toBe(words);
  });

  test("names a function of the user's own that it exchanges, where it has a name", () => {
    const words = "of the subject's own code → training.loss of the config";

    expect(describeChange("rework.ownLoss", undefined, false, () => "r2Loss")).toBe(
      `the loss r2Loss ${words}`,
    );
    expect(describeChange("rework.ownLoss", undefined, false)).toBe(`the loss ${words}`);
  });
});
