import { correlateAxes } from "../evidence/axes.ts";
import { atLeast, type Law, notAsked } from "./law.ts";

/** The law applies from this correlation on; below it, noise hides the box. */
const VISIBLE = 0.3;

/**
 * If x and y are swapped in both sets, all losses stay healthy. Only a comparison with the pictures shows the fault.
 */
export const axesAreTrue: Law = {
  name: "axesAreTrue",
  claim: "x is what lies from left to right, y what lies from top to bottom",
  async measure({ subject }) {
    if (!subject.showsBoxes) return notAsked("its inputs are no pictures of a box");
    const axes = correlateAxes(subject.train);
    if (axes === null || Math.max(axes.straight, axes.crossed) < VISIBLE)
      return notAsked("noise hides the boxes");
    return atLeast(
      axes.straight - axes.crossed,
      0,
      "correlation of targets with the place of the box, right way less wrong way round",
    );
  },
};
