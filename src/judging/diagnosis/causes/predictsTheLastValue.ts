import { printNumber } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import { againstLastValue } from "../../evidence/series/againstLastValue.ts";
import { leftOfChanges, MOST_LEFT } from "../../evidence/series/series.ts";
import type { Cause } from "../cause.ts";

export const predictsTheLastValue: Cause<"predicts-the-last-value"> = {
  name: "predicts-the-last-value",
  claim: "it does no better than repeating the last value of the series",
  silent: true,
  examine({ subject, run, verdict }) {
    const beside = verdict === "learns" ? againstLastValue(subject, run) : null;
    if (beside === null || beside.beats || beside.isOpen) return null;
    const left = leftOfChanges(subject.train);
    const noise =
      left !== null && left >= MOST_LEFT
        ? "; the changes from one value to the next cannot be told from the windows: regressions on them do no better than their mean, so no network is known to beat the last value"
        : "";
    return {
      rank: "no better than the last value",
      evidence: `its error is ${printNumber(beside.ratio)} times that of repeating the last value${noise}`,
    };
  },
  byHand:
    "predict the change from the last value, or give inputs that tell it; where nothing tells the change, as in a random walk, the last value is the best forecast, and no network is needed",
  // A network that is asked for the change alone need not carry the last value through its weights.
  cures: async (config) => {
    if (config.subject !== "own") return [];
    const left = leftOfChanges((await createSubject(config)).train);
    if (left !== null && left >= MOST_LEFT) return [];
    const standardised = { "data.standardiseInputs": true, "data.standardiseTargets": true };
    return [
      changeConfig(config, { "data.asChanges": "both", ...standardised }),
      // What made the values easy to repeat is gone, so that the same network has more to learn.
      changeConfig(config, {
        "data.asChanges": "both",
        ...standardised,
        "training.steps": 4 * config.training.steps,
      }),
      changeConfig(config, { "data.asChanges": "targets", ...standardised }),
    ];
  },
};
