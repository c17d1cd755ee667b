import { columnVariances } from "../../foundation/numbers/statistics.ts";
import { atLeast, type Law } from "./law.ts";

/** Next to targets of 1, float32 cannot represent smaller differences. */
const LEAST = 1e-12;

/** On constant targets, a network that predicts a constant is right although it has learnt nothing. */
export const targetsDiffer: Law = {
  name: "targetsDiffer",
  claim: "its examples have different targets",
  async measure({ subject }) {
    if (subject.train.count < 2) return null;
    const largest = Math.max(...columnVariances(subject.train.targets, subject.train.outputs));
    return atLeast(largest, LEAST, "largest Var(Y) of an output");
  },
};
