import { measureLossDirection } from "../../evidence/loss/lossDirection.ts";
import type { Cause } from "../cause.ts";
import { useFittingLoss } from "../change.ts";

export const broadcastLoss: Cause<"broadcast-loss"> = {
  name: "broadcast-loss",
  claim: "the loss compares every prediction with every target",
  silent: true,
  async examine({ outputs }) {
    for (const { loss, part, prefix } of outputs) {
      if (typeof loss !== "function") continue;
      const direction = await measureLossDirection(loss, part);
      if (!direction?.ignoresOrder || direction.slopeIgnoresTargets) continue;
      // A loss of means over the batch ignores the order too, and broadcasts nothing.
      if (direction.poolsPredictions) continue;
      return {
        rank: "loss ignores the order",
        evidence: `${prefix}the loss stays the same when the targets are permuted among the examples of the batch`,
      };
    }
    return null;
  },
  cures: useFittingLoss,
};
