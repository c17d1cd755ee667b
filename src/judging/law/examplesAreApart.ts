import { contractOf } from "../evidence/contract/contract.ts";
import { atMost, type Law, notAsked } from "./law.ts";

/** Batches of another size round differently, by 1e-6; a layer that mixes examples changes outputs by 0.01 and more. */
const ROUNDING = 1e-3;

/** A model that looks at its neighbours in the batch predicts something else as soon as one example comes alone. */
export const examplesAreApart: Law = {
  name: "examplesAreApart",
  claim: "the other examples of a batch change no prediction",
  async measure({ subject }) {
    const { separation } = await contractOf(subject);
    if (separation === null) return notAsked("there is one example, or memory for one at a time");
    const detail =
      "largest change of an output, relative to the largest output, when the rest of its batch changes";
    return atMost(separation, ROUNDING, detail);
  },
};
