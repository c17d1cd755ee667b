import { findUnseededLayer } from "../../../learning/training/findUnseededLayer.ts";
import type { Cause } from "../cause.ts";

export const unseededRandomness: Cause<"unseeded-randomness"> = {
  name: "unseeded-randomness",
  claim: "something draws random numbers that the seed does not control, so that no run can be repeated",
  silent: true,
  async examine({ subject, repeats }) {
    if (repeats) return null;
    const found = await findUnseededLayer(subject);
    const rank = "a second run of the seed differs";
    if (found === null)
      return {
        rank,
        evidence:
          "two runs of one seed differ, and no layer does by itself: the loss, the optimizer, the examples or buildModel draw random numbers of their own",
      };
    const what =
      found.differs === "initial weights"
        ? "starts from other weights each time"
        : "gives other outputs each time";
    return {
      rank,
      evidence: `the layer ${found.layer} ${what} under one seed; draw with tf.random* functions or Math.random, which the seed controls, and keep no state between calls`,
    };
  },
};
