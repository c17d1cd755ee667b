import { changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Config } from "../../../learning/config/schema.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import { contractOf } from "../../evidence/contract/contract.ts";
import { measureLossDirection } from "../../evidence/loss/lossDirection.ts";
import type { Output } from "../../evidence/targets/outputs.ts";
import type { Cause, Suspicion } from "../cause.ts";
import { useFittingLoss } from "../change.ts";

export const lossOverTheBatch: Cause<"loss-over-the-batch"> = {
  name: "loss-over-the-batch",
  claim: "the loss is no mean over the examples of a batch",
  async examine({ subject, outputs, fails }) {
    if (fails !== "training") return null;
    const pooled = await findPooled(outputs);
    if (pooled !== null) return pooled;
    const { loss } = await contractOf(subject);
    if (loss === null || loss.kind === "mean") return null;
    if (loss.kind === "mixed")
      return {
        rank: loss.fromMean < A_LITTLE ? "loss mixes examples a little" : "loss mixes examples",
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
  cures: async (config) => {
    const { loss } = await contractOf(await createSubject(config));
    return loss?.kind === "mixed"
      ? useFittingLoss(config)
      : [changeConfig(config, { "training.optimizer.learningRate": rateOfTheMean(config) })];
  },
};

/** Finds a loss that compares the whole batch with all of its targets, such as the mean of one with that of the other. */
async function findPooled(outputs: readonly Output[]): Promise<Suspicion | null> {
  for (const { loss, part, prefix } of outputs) {
    if (typeof loss !== "function") continue;
    const direction = await measureLossDirection(loss, part);
    if (!direction?.ignoresOrder || direction.slopeIgnoresTargets || !direction.poolsPredictions) continue;
    return {
      rank: "loss ignores the order",
      evidence: `${prefix}the loss compares all predictions of a batch together, such as their mean, with all of its targets: it stays the same when the targets are permuted among the examples`,
    };
  }
  return null;
}

/** An overlap of two masks, counted over a batch, is this near to the mean of those of its parts, and harms nothing. */
const A_LITTLE = 0.1;

/** Divides the rate by the examples of a batch, which makes the steps of a sum those of the mean. */
function rateOfTheMean({ training: { optimizer, batchSize } }: Config): number {
  return Number((optimizer.learningRate / batchSize).toPrecision(3));
}

/** Whether an optimizer divides the gradient by its own size. */
function isScaleFree(optimizer: unknown): boolean {
  const { name } = optimizer as { name?: unknown };
  return typeof name === "string" && name !== "sgd" && name !== "momentum";
}
