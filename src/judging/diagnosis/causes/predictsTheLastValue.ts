import { printNumber } from "../../../foundation/print/printNumber.ts";
import { errorOfLastValue } from "../../evidence/series.ts";
import type { Cause } from "../cause.ts";

export const predictsTheLastValue: Cause<"predicts-the-last-value"> = {
  name: "predicts-the-last-value",
  claim: "it does no better than repeating the last value of the series",
  silent: true,
  examine({ subject, run, verdict }) {
    const { heldOut } = subject;
    const judged = heldOut && run.heldOut ? run.heldOut : run.train;
    const ofLastValue = errorOfLastValue(judged === run.heldOut && heldOut ? heldOut : subject.train);
    if (verdict !== "learns" || ofLastValue === null || judged.lossOverVariance === null) return null;
    const ratio = judged.lossOverVariance / ofLastValue;
    if (ratio < 1) return null;
    return {
      rank: "no better than the last value",
      evidence: `its error is ${printNumber(ratio)} times that of repeating the last value`,
    };
  },
};
