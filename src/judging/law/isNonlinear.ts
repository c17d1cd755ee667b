import { solvedByAnAffineMap } from "../evidence/affineTask.ts";
import { atLeast, type Law, notAsked } from "./law.ts";

/** Rounding in linear layers causes a deviation of 1e-6; activations cause 0.1 and more. */
export const NONLINEAR = 0.01;

/** A network without activations can learn an easy task as well as any other, and fails on the first harder one. */
export const isNonlinear: Law = {
  name: "isNonlinear",
  needsTheEnd: true,
  claim: "its layers do more than a single linear one could",
  async measure({ run, subject, thresholds }) {
    const measured = (await run()).survey?.nonlinearity ?? null;
    if (measured === null)
      return notAsked(
        "no layer with a kernel comes before its last one, or what reaches that one hardly varies",
      );
    if (measured < NONLINEAR && solvedByAnAffineMap(subject, thresholds))
      return notAsked("an affine map solves its task");
    return atLeast(
      measured,
      NONLINEAR,
      "deviation of the last hidden layer from an affine function of the inputs",
    );
  },
};
