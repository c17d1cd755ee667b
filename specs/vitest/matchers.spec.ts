import { describe, expect, test } from "vitest";
import "../../src/vitest/index.ts";
import { broken, healthy } from "../failure-modes/healthy.ts";

const collapse = broken({ model: { kernelInitializer: "zeros" } });

describe("the matchers", () => {
  test("hold of a config that learns", async () => {
    await expect(healthy).toLearn();
    await expect(healthy).toBeatTheMean();
    await expect(healthy).toHaveVarianceRatioAbove(0.5);
    await expect(healthy).toOverfit();
    await expect(healthy).toOverfit(4);
    await expect(healthy).not.toCollapse();
    await expect(healthy).not.toHaveCause("dead-relu-units");
  });

  test("hold the other way round of one that collapses", async () => {
    await expect(collapse).toCollapse();
    await expect(collapse).toHaveCause("symmetric-initialisation");
    await expect(collapse).not.toLearn();
    await expect(collapse).not.toBeatTheMean();
    await expect(collapse).not.toHaveVarianceRatioAbove(0.05);
    await expect(collapse).not.toOverfit(2);
  });

  test.each([
    ["toLearn", () => expect(collapse).toLearn(), "expected dense, seed 1, to learn; got collapsed"],
    [
      "not.toCollapse",
      () => expect(collapse).not.toCollapse(),
      "expected dense, seed 1, not to collapse; got collapsed",
    ],
    [
      "toBeatTheMean",
      () => expect(collapse).toBeatTheMean(),
      "to beat the mean; got mean squared error / Var(Y)",
    ],
    [
      "toOverfit",
      () => expect(collapse).toOverfit(2),
      "to overfit 2 examples; got error over variance after",
    ],
    [
      "toHaveVarianceRatioAbove",
      () => expect(collapse).toHaveVarianceRatioAbove(0.05),
      "to have a variance ratio above 0.05; got 0",
    ],
    [
      "toHaveCause",
      () => expect(collapse).toHaveCause("dead-relu-units"),
      "to have the cause dead-relu-units; got symmetric-initialisation",
    ],
    ["not.toLearn", () => expect(healthy).not.toLearn(), "expected dense, seed 1, not to learn; got learns"],
    [
      "not.toHaveVarianceRatioAbove",
      () => expect(healthy).not.toHaveVarianceRatioAbove(0.5),
      "not to have a variance ratio above 0.5",
    ],
  ])("%s says what was expected and what was measured", async (_, ask, sentence) => {
    const error = (await ask().then(
      () => null,
      (thrown: Error) => thrown,
    )) as Error;

    expect(error.message).toContain(sentence);
    for (const word of ["Var(Y)", "seed 1", "npx learnproof replay learnproof-capsules/"])
      expect(error.message).toContain(word);
  });

  test.each([0, 1.5, 201, Number.NaN])("toOverfit refuses %d examples", async (count) => {
    await expect(expect(healthy).toOverfit(count)).rejects.toThrow(
      "toOverfit: must be asked of 1 to 200 examples",
    );
  });

  test("refuse a config that breaks a rule, naming the field", async () => {
    await expect(expect({ seed: 0 }).toLearn()).rejects.toThrow("seed");
  });
});
