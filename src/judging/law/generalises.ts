import { printBoth } from "../../foundation/print/printNumber.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import type { OutputEvaluation } from "../../learning/training/evaluation.ts";
import { mayLackRows } from "../evidence/split/lackedRows.ts";
import { WRONG_SIDES } from "../outcome/decisions.ts";
import { worstHeldOut } from "../outcome/heldOutError.ts";
import { nameOfRatio } from "../outcome/ownMeasure.ts";
import { below, type Law, type Measurement, notAsked } from "./law.ts";

/** The network predicts examples that it was not trained on, so it has not merely memorised the training set. */
export const generalises: Law = {
  name: "generalises",
  needsTheEnd: true,
  claim: "it predicts examples that it was not trained on",
  async measure({ run, subject }) {
    const { heldOut } = await run();
    const worst = worstHeldOut(subject, await run());
    if (worst === null || heldOut === null)
      return notAsked("no examples are held out on which it could fail");
    const { output, error, bound, isOfDecisions } = worst;
    const of = heldOut.outputs.length === 1 ? "" : ` of ${output.name}, the worst output`;
    const told = below(error, bound, (isOfDecisions ? `held-out ${WRONG_SIDES}` : describe(output)) + of);
    return told.holds || !mayLackRows(subject, heldOut) ? told : notAsked(lacksRows(subject, told));
  },
};

function lacksRows(
  { train, programExamples }: Subject,
  { measured, threshold, detail }: Measurement,
): string {
  const [value, limit] = printBoth(measured, threshold);
  return `${detail} is ${value} and must be < ${limit}, but the check trains on ${train.count} of the program's ${programExamples} training examples, and the others may bring it there`;
}

function describe({ measured, classification }: OutputEvaluation): string {
  if (measured) return `held-out ${nameOfRatio(measured)}`;
  return classification
    ? "held-out errors / errors of the commonest class"
    : "held-out error / error of the training mean";
}
