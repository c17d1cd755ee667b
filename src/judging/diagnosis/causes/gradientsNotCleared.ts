import { percent } from "../../../foundation/print/printNumber.ts";
import { measureOptimizerResponse } from "../../evidence/optimizerResponse.ts";
import type { Cause } from "../cause.ts";

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
};

/** Momentum of 0.99 has faded to 5 % by then. */
const STILL_MOVING = 0.3;
