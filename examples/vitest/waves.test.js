import "learnproof/vitest";
import { expect, test } from "vitest";
import { makeLearner } from "./waves.js";

test("the network learns", async () => {
  const learner = makeLearner();
  await expect(learner).toLearn();
  await expect(learner).toOverfit(2);
});

test("it learns from most seeds", async () => {
  await expect(makeLearner()).toLearn({ seeds: 3, rate: 0.6 });
});

test("weights of zero make it predict the mean", async () => {
  await expect(makeLearner({ kernelInitializer: "zeros" })).toCollapse();
});
