import { printNumber } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Probe } from "../../../learning/training/trace.ts";
import { contractOf } from "../../evidence/contract/contract.ts";
import { GROSS } from "../../law/lossStartsRight.ts";
import type { Cause } from "../cause.ts";
import type { RankName } from "../ranking.ts";
import { isSaturated, startsSteep } from "../signs.ts";

/** Glorot's and He's initial weights have a gain of at most 1.4, and a deviation of 0.05 has 3.2 for 4096 inputs. */
const LARGE = 10;
/** This much counts where its effect shows: a loss that starts far too large, or units that are saturated. */
const FAIRLY_LARGE = 4;

export const initialWeightsTooLarge: Cause<"initial-weights-too-large"> = {
  name: "initial-weights-too-large",
  claim: "the weights start far too large",
  async examine({ subject, fails, run, survey }) {
    if (fails === null) return null;
    const { start, kernels } = await contractOf(subject);
    if (kernels === null || kernels.largest.gain < FAIRLY_LARGE) return null;
    const { layer, gain } = kernels.largest;
    const rank = rankOf({
      isGross: isStuck(run.trace.probes[0]) || (start !== null && !(start.loss / start.expected <= GROSS)),
      isSaturated: isSaturated(survey),
      isSteep: startsSteep(run.trace.probes),
    });
    if (gain < LARGE && !SHOWS.has(rank)) return null;
    return {
      rank,
      evidence: `${layer} starts with weights that make its input ${printNumber(gain)} times as large${
        start === null
          ? ""
          : `; the loss starts at ${printNumber(start.loss)}, where ${start.form} is ${printNumber(start.expected)}`
      }`,
    };
  },
  cures: (config) => [
    changeConfig(config, { "model.kernelInitializer": "glorotUniform" }),
    changeConfig(config, { "model.kernelInitializer": "heNormal" }),
  ],
};

/** Whether the loss has a bound for outputs that are surely wrong, and all are beyond it: no gradient is left. */
function isStuck(first: Probe | undefined): boolean {
  return (
    first !== undefined &&
    first.layers.length > 0 &&
    first.layers.every(({ gradientNorm }) => gradientNorm === 0)
  );
}

/** Large weights are the origin of a large loss, of saturated units and of a large gradient before the first step. */
function rankOf(start: { isGross: boolean; isSaturated: boolean; isSteep: boolean }): RankName {
  if (start.isGross) return "weights start large, and so does the loss";
  if (start.isSaturated) return "weights start large, and units are saturated";
  return start.isSteep ? "weights start large, and so does the gradient" : "weights start large";
}

const SHOWS: ReadonlySet<RankName> = new Set([
  "weights start large, and so does the loss",
  "weights start large, and units are saturated",
]);
