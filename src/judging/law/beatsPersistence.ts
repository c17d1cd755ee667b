import { againstLastValue } from "../evidence/series/againstLastValue.ts";
import { below, type Law, notAsked } from "./law.ts";

/**
 * On a slow series, a network that repeats the last value explains most of the variance without learning any dynamics.
 */
export const beatsPersistence: Law = {
  name: "beatsPersistence",
  needsTheEnd: true,
  claim: "it predicts a series better than by repeating its last value",
  async measure({ run, subject }) {
    const finished = await run();
    if ((finished.heldOut ?? finished.train).outputs.some(({ measured }) => measured !== null))
      return notAsked("the subject's own error measure judges it");
    const beside = againstLastValue(subject, finished);
    if (beside === null)
      return notAsked(
        "its inputs are no windows of a series that changes, or nothing in them tells its changes",
      );
    const set = beside.isHeldOut ? "held-out " : "";
    const measured = below(beside.ratio, 1, `${set}error / error of repeating the last value`);
    return { ...measured, holds: beside.beats, ...(beside.isOpen && { isOpen: true }) };
  },
};
