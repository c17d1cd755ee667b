import { contractOf } from "../../evidence/contract/contract.ts";
import { findUnmaskedPadding } from "../../evidence/unmaskedPadding.ts";
import type { Cause } from "../cause.ts";

export const blindNetwork: Cause<"blind-network"> = {
  name: "blind-network",
  claim: "the outputs are the same for all inputs, whatever the weights are",
  standsAlone:
    "while the network is blind to its inputs, no rate, width or number of steps lets its outputs follow them",
  async examine({ subject, fails }) {
    if (fails !== "training") return null;
    const { blindness } = await contractOf(subject);
    // What it has forgotten behind a fill it sees again behind a mask: that cause has its own name.
    if (blindness === null || (await findUnmaskedPadding(subject))) return null;
    const [first] = blindness.layers;
    const others = blindness.layers.slice(1).map((layer) => `, and so does ${layer}`);
    return {
      rank: "no example differs from another",
      evidence: `before training, all examples get the same outputs for every draw of the weights: ${first} is given inputs that differ and answers each with the same numbers${others.join("")}`,
    };
  },
};
