import { columnVariances } from "../../foundation/numbers/statistics.ts";
import { atLeast, type Law } from "./law.ts";

/** Smaller differences are lost in float32 beside targets of 1. */
const LEAST = 1e-12;

/** A network that answers a constant to constant targets is right, and has learnt nothing. */
export const targetsDiffer: Law = {
  name: "targetsDiffer",
  claim: "its examples have different targets",
  async measure({ subject }) {
    if (subject.train.count < 2) return null;
    const largest = Math.max(...columnVariances(subject.train.targets, subject.train.outputs));
    return atLeast(largest, LEAST, "largest Var(Y) of an output");
  },
};
