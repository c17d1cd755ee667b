import { errorOfLastValue } from "../evidence/series.ts";
import { judgedRows } from "../rung/judgedRows.ts";
import { below, type Law, notAsked } from "./law.ts";

/**
 * On a slow series, a network that repeats the last value explains most of the variance without learning any dynamics.
 */
export const beatsPersistence: Law = {
  name: "beatsPersistence",
  needsTheEnd: true,
  claim: "it predicts a series better than by repeating its last value",
  async measure({ run, subject }) {
    const { train, heldOut } = await run();
    const judged = heldOut && subject.heldOut ? subject.heldOut : judgedRows(subject).examples;
    const ofLastValue = errorOfLastValue(judged);
    const { lossOverVariance } = heldOut ?? train;
    if ((heldOut ?? train).outputs.some(({ measured }) => measured !== null))
      return notAsked("the subject's own error measure judges it");
    if (ofLastValue === null || lossOverVariance === null)
      return notAsked("its inputs are no windows of a series that changes");
    const set = heldOut ? "held-out " : "";
    return below(lossOverVariance / ofLastValue, 1, `${set}error / error of repeating the last value`);
  },
};
