import { counted } from "../../../foundation/print/counted.ts";
import type { Blindness } from "../../evidence/contract/blindness.ts";
import { contractOf } from "../../evidence/contract/contract.ts";
import { type CutCodes, findCutCodes } from "../../evidence/reference/cutCodes.ts";
import { findUnmaskedPadding } from "../../evidence/series/unmaskedPadding.ts";
import type { Case, Cause, Suspicion } from "../cause.ts";

export const blindNetwork: Cause<"blind-network"> = {
  name: "blind-network",
  claim: "the outputs are the same for all inputs, whatever the weights are",
  standsAlone:
    "while the network is blind to its inputs, no rate, width or number of steps lets its outputs follow them",
  async examine({ subject, survey, fails }) {
    if (fails !== "training") return null;
    const cut = await findCutCodes(subject);
    const { blindness } = await contractOf(subject);
    // What it has forgotten behind a fill it sees again behind a mask: that cause has its own name.
    if (blindness === null || (await findUnmaskedPadding(subject))) return cut && describeCut(cut);
    const [first] = blindness.layers;
    const drawn = startsEmpty(survey, blindness) ? DRAWN : null;
    const remedy = cut ? { "data.readInputs": cut.readings } : drawn;
    const others = blindness.layers.slice(1).map((layer) => `, and so does ${layer}`);
    return {
      ...(remedy && { remedy }),
      rank: "no example differs from another",
      evidence: `before training, all examples get the same outputs for every draw of the weights: ${first} is given inputs that differ and answers each with the same numbers${others.join("")}${cut ? "; it takes whole numbers, and the codes that it is given were divided by one, so that it cuts all of them off to the same" : ""}`,
    };
  },
};

/** Weights of layers that were built frozen are drawn anew only where they are trained, too. */
const DRAWN = { "model.kernelInitializer": "glorotUniform", "rework.trainable": true };

/** Whether the layer that stops the differences is frozen with weights that are all alike, such as an empty table. */
function startsEmpty({ layers }: Case["survey"], blindness: Blindness): boolean {
  return layers.some(
    ({ layer, trainable, start }) =>
      blindness.layers.includes(layer) && !trainable && (start === "zeros" || start === "same"),
  );
}

function describeCut({ readings, different, left }: CutCodes): Suspicion {
  return {
    remedy: { "data.readInputs": readings },
    rank: "codes are cut off",
    evidence: `an embedding takes whole numbers, and the codes that it is given were divided by one: it cuts ${counted(different, "different code")} off to ${left}`,
  };
}
