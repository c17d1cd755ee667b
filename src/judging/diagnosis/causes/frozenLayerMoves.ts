import { strayWeights } from "../../evidence/weights/strayWeights.ts";
import type { Cause } from "../cause.ts";

export const frozenLayerMoves: Cause<"frozen-layer-moves"> = {
  name: "frozen-layer-moves",
  claim: "a frozen layer changes, or the averages of a trained one stay",
  silent: true,
  examine({ run, subject }) {
    if (subject.movesBecause) return { rank: "a frozen layer moves", evidence: subject.movesBecause };
    const stray = strayWeights(run);
    if (stray === null) return null;
    const { moved, stuck } = stray;
    if (stuck.length > 0)
      return {
        rank: "averages never move",
        evidence: `the moving averages of ${stuck.join(", ")} are those of the start, so that evaluation normalises by them`,
        remedy: { "rework.batchStatistics": true },
      };
    if (moved.length === 0) return null;
    const evidence = `${moved.join(", ")} is not trainable, and its weights changed: call it with training: false, so that a batch normalisation keeps its averages`;
    return { rank: "a frozen layer moves", evidence };
  },
};
