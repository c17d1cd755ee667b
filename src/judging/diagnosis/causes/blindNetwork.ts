import { counted } from "../../../foundation/print/counted.ts";
import { contractOf } from "../../evidence/contract/contract.ts";
import { type CutCodes, findCutCodes } from "../../evidence/reference/cutCodes.ts";
import { findUnmaskedPadding } from "../../evidence/series/unmaskedPadding.ts";
import type { Cause, Suspicion } from "../cause.ts";

export const blindNetwork: Cause<"blind-network"> = {
  name: "blind-network",
  claim: "the outputs are the same for all inputs, whatever the weights are",
  standsAlone:
    "while the network is blind to its inputs, no rate, width or number of steps lets its outputs follow them",
  async examine({ subject, fails }) {
    if (fails !== "training") return null;
    const cut = await findCutCodes(subject);
    const { blindness } = await contractOf(subject);
    // What it has forgotten behind a fill it sees again behind a mask: that cause has its own name.
    if (blindness === null || (await findUnmaskedPadding(subject))) return cut && describeCut(cut);
    const [first] = blindness.layers;
    const others = blindness.layers.slice(1).map((layer) => `, and so does ${layer}`);
    return {
      ...(cut && { remedy: { "data.readInputs": cut.readings } }),
      rank: "no example differs from another",
      evidence: `before training, all examples get the same outputs for every draw of the weights: ${first} is given inputs that differ and answers each with the same numbers${others.join("")}${cut ? "; it takes whole numbers, and the codes that it is given were divided by one, so that it cuts all of them off to the same" : ""}`,
    };
  },
};

function describeCut({ readings, different, left }: CutCodes): Suspicion {
  return {
    remedy: { "data.readInputs": readings },
    rank: "codes are cut off",
    evidence: `an embedding takes whole numbers, and the codes that it is given were divided by one: it cuts ${counted(different, "different code")} off to ${left}`,
  };
}
