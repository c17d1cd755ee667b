import { changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Cause } from "../cause.ts";
import { hiddenLayers } from "../places.ts";

export const identicalUnits: Cause<"symmetric-initialisation"> = {
  name: "symmetric-initialisation",
  claim: "the units of a layer start alike and so stay alike",
  examine({ survey, fails }) {
    if (fails !== "training") return null;
    const alike = hiddenLayers(survey).find(({ start }) => start === "zeros" || start === "same");
    if (!alike) return null;
    return {
      rank: "units start alike",
      evidence: `every unit of ${alike.layer} starts ${alike.start === "zeros" ? "at 0" : "with the same weights"}, and gets the same gradient`,
    };
  },
  cures: (config) => [changeConfig(config, { "model.kernelInitializer": "glorotUniform" })],
};
