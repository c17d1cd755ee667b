import { percent } from "../../../foundation/print/printNumber.ts";
import { hasOwnOptimizer } from "../../../learning/config/ownDefaults.ts";
import { measureOptimizerResponse } from "../../evidence/weights/optimizerResponse.ts";
import type { Cause } from "../cause.ts";
import { useAdam } from "../change.ts";

export const gradientsNotCleared: Cause<"gradients-not-cleared"> = {
  name: "gradients-not-cleared",
  claim: "the gradients of earlier steps are added to those of each step",
  async examine({ subject, fails }) {
    if (fails !== "training") return null;
    const response = await measureOptimizerResponse(subject.optimizer);
    if (!response || response.first === 0 || response.last / response.first < STILL_MOVING) return null;
    return {
      rank: "gradients are kept",
      evidence: `300 steps after its only gradient a weight still moves by ${percent(response.last / response.first)} of the first step`,
    };
  },
  cures: (config) => [hasOwnOptimizer(config) ? useAdam(config) : null],
};

/** After 300 steps, even a momentum of 0.99 has decayed to 5 %. */
const STILL_MOVING = 0.3;
