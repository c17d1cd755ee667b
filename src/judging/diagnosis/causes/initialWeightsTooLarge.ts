import { printNumber } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import { contractOf } from "../../evidence/contract/contract.ts";
import { GROSS } from "../../law/lossStartsRight.ts";
import type { Cause } from "../cause.ts";
import type { RankName } from "../ranking.ts";
import { startsSteep } from "../signs.ts";

/** Glorot's and He's initial weights have a gain of at most 1.4, and a deviation of 0.05 has 3.2 for 4096 inputs. */
const LARGE = 10;

export const initialWeightsTooLarge: Cause<"initial-weights-too-large"> = {
  name: "initial-weights-too-large",
  claim: "the weights start far too large",
  async examine({ subject, fails, run }) {
    if (fails === null) return null;
    const { start, kernels } = await contractOf(subject);
    if (kernels === null || kernels.gain < LARGE) return null;
    const isGross = start !== null && !(start.loss / start.expected <= GROSS);
    return {
      rank: rankOf(isGross, startsSteep(run.trace.probes)),
      evidence: `${kernels.layer} starts with weights that make its input ${printNumber(kernels.gain)} times as large${
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

/** Large weights are the origin of a large loss and of a large gradient before the first step. */
function rankOf(isGross: boolean, isSteep: boolean): RankName {
  if (isGross) return "weights start large, and so does the loss";
  return isSteep ? "weights start large, and so does the gradient" : "weights start large";
}
