import { changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Config } from "../../../learning/config/schema.ts";
import { contractOf } from "../../evidence/contract/contract.ts";
import type { Cause } from "../cause.ts";

export const lossOverTheBatch: Cause<"loss-over-the-batch"> = {
  name: "loss-over-the-batch",
  claim: "the loss is no mean over the examples of a batch",
  async examine({ subject, fails }) {
    if (fails !== "training") return null;
    const { loss } = await contractOf(subject);
    if (loss === null || loss.kind === "mean") return null;
    if (loss.kind === "mixed")
      return {
        rank: "loss mixes examples",
        evidence:
          "the gradient of a batch is neither the mean nor the sum of those of its parts: the loss compares an example with the targets of others",
      };
    return {
      rank: isScaleFree(subject.optimizer)
        ? "loss is a sum, and the optimizer ignores its size"
        : "loss is a sum",
      evidence: `the loss is the sum over a batch, so that every gradient is ${Math.min(subject.batchSize, subject.train.count)} times that of the mean`,
    };
  },
  cures: (config) => [changeConfig(config, { "training.optimizer.learningRate": rateOfTheMean(config) })],
};

/** Divides the rate by the examples of a batch, which makes the steps of a sum those of the mean. */
function rateOfTheMean({ training: { optimizer, batchSize } }: Config): number {
  return Number((optimizer.learningRate / batchSize).toPrecision(3));
}

/** Whether an optimizer divides the gradient by its own size. */
function isScaleFree(optimizer: unknown): boolean {
  const { name } = optimizer as { name?: unknown };
  return typeof name === "string" && name !== "sgd" && name !== "momentum";
}
