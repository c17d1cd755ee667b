import { measureLossDirection } from "../../evidence/lossDirection.ts";
import type { Cause } from "../cause.ts";

export const broadcastLoss: Cause<"broadcast-loss"> = {
  name: "broadcast-loss",
  claim: "the loss compares every prediction with every target",
  silent: true,
  async examine({ subject }) {
    if (typeof subject.loss !== "function") return null;
    const direction = await measureLossDirection(subject.loss, subject.train.outputs);
    if (!direction?.ignoresOrder || direction.ignoresTargets) return null;
    return {
      rank: "loss ignores the order",
      evidence: "the loss stays the same when the targets are permuted among the examples of the batch",
    };
  },
};
