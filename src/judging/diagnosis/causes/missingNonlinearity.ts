import { NONLINEAR } from "../../../learning/training/nonlinearity.ts";
import { solvedByAnAffineMap } from "../../evidence/reference/affineTask.ts";
import { solvedByItsOwnAffineMap } from "../../evidence/reference/ownAffineMap.ts";
import type { Cause } from "../cause.ts";
import { changeActivation } from "../change.ts";

export const missingNonlinearity: Cause<"missing-nonlinearity"> = {
  name: "missing-nonlinearity",
  claim: "the layers together do no more than a single linear one",
  silent: true,
  examine({ survey, verdict, subject, run, thresholds }) {
    if (survey.nonlinearity === null || survey.nonlinearity >= NONLINEAR) return null;
    if (solvedByAnAffineMap(subject, thresholds) || solvedByItsOwnAffineMap(subject, run)) return null;
    return {
      // A linear network need not diverge; if it does, something else, such as the learning rate, is the likelier
      // cause.
      rank: verdict === "diverged" ? "network is linear, and diverged" : "network is linear",
      evidence: `what ${survey.layers.at(-1)?.layer} is given is an affine function of the inputs: no activation bends it`,
    };
  },
  cures: (config) => [changeActivation(config, "relu")],
};
