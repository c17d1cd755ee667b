import { givesBackItsInputs } from "../../learning/subject/codeWidth.ts";
import { NONLINEAR } from "../../learning/training/nonlinearity.ts";
import { solvedByAnAffineMap } from "../evidence/reference/affineTask.ts";
import { solvedByItsOwnAffineMap } from "../evidence/reference/ownAffineMap.ts";
import { judge } from "../outcome/verdict.ts";
import { atLeast, type Law, notAsked } from "./law.ts";

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
    if (measured < NONLINEAR && solvedByItsOwnAffineMap(subject, await run()))
      return notAsked("it tells its classes, on new rows too, as a linear classifier does");
    if (measured < NONLINEAR && givesBackItsInputs(subject) && judge(await run(), thresholds) === "learns")
      return notAsked("it finds principal components, as an autoencoder without activations does");
    return atLeast(
      measured,
      NONLINEAR,
      "deviation of the last hidden layer from an affine function of the inputs",
    );
  },
};
