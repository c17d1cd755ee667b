import { solvedByAnAffineMap } from "../evidence/affineTask.ts";
import { atLeast, type Law } from "./law.ts";

/** Rounding in linear layers causes a deviation of 1e-6; activations cause 0.1 and more. */
export const NONLINEAR = 0.01;

/** A network without activations can learn an easy task as well as any other, and fails on the first harder one. */
export const isNonlinear: Law = {
  name: "isNonlinear",
  claim: "its layers do more than a single linear one could",
  async measure({ run, subject, thresholds }) {
    const measured = (await run()).survey?.nonlinearity ?? null;
    if (measured === null) return null;
    if (measured < NONLINEAR && solvedByAnAffineMap(subject, thresholds)) return null;
    return atLeast(
      measured,
      NONLINEAR,
      "deviation of the last hidden layer from an affine function of the inputs",
    );
  },
};
