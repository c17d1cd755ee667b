import { percent } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import { contractOf } from "../../evidence/contract/contract.ts";
import type { Cause } from "../cause.ts";
import { dropsUnits } from "../cure/dropsUnits.ts";

/** Engines that reorder sums may differ in the last bits. */
const ROUNDING = 1e-3;

export const noiseInEvaluation: Cause<"noise-in-evaluation"> = {
  name: "noise-in-evaluation",
  claim: "evaluation draws random numbers, or changes what it evaluates",
  silent: true,
  async examine({ subject, fails }) {
    const { noise } = await contractOf(subject);
    const isOwn = noise.again === 0 && !noise.regularises;
    if (Math.max(noise.again, noise.redrawn) <= ROUNDING || (isOwn && fails === null)) return null;
    const drawn = `${noise.layers.join(", ")} draws random numbers in evaluation mode too, which changes an output by ${percent(noise.redrawn)} of the largest`;
    return {
      rank: noise.regularises ? "dropout in evaluation" : "evaluation does not repeat",
      evidence:
        noise.again > 0
          ? `the same examples, evaluated twice, differ by ${percent(noise.again)} of the largest output: a layer keeps something from call to call`
          : drawn,
    };
  },
  byHand: "call the layer without training=True, or let it draw in training mode alone",
  cures: async (config) => [
    "rework" in config && (await dropsUnits(config)) ? changeConfig(config, { "model.dropout": 0 }) : null,
  ],
};
