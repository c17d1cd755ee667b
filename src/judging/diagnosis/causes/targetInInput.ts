import { type Change, changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Config } from "../../../learning/config/schema.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import { nameColumn } from "../../evidence/data/rowNames.ts";
import { findTargetInInput } from "../../evidence/series.ts";
import { findShownAnswers } from "../../evidence/shownAnswers.ts";
import { findTargetCopy } from "../../evidence/targetCopy.ts";
import type { Cause } from "../cause.ts";

export const targetInInput: Cause<"target-in-input"> = {
  name: "target-in-input",
  claim: "the target stands in its own input",
  silent: true,
  examine({ subject: { train } }) {
    const copy = findTargetCopy(train);
    if (copy !== null)
      return {
        rank: "a target stands in its own input",
        evidence: `${nameColumn(train, copy)} is the target in other numbers, in every one of ${train.count} rows, though the other columns tell of it as well: it will not be known when the target is to be predicted`,
      };
    const shown = findShownAnswers(train);
    if (shown !== null)
      return {
        rank: "a target stands in its own input",
        evidence: `${shown} shows each position the answer that it is asked for, beside another sequence: what the network predicts from has to stop one step earlier`,
      };
    const found = findTargetInInput(train);
    if (!found) return null;
    const features = train.inputShape[1] as number;
    const step = Math.floor(found.place / features);
    return {
      rank: "a target stands in its own input",
      evidence: `target ${found.output} is feature ${found.place % features} of step ${step} of its own window, in every example`,
    };
  },
  byHand:
    "leave the target out of the inputs, end each window one step earlier, or shift what a decoder is shown by one step",
  cures: async (config) => {
    const { train } = await createSubject(config);
    const place = findTargetCopy(train) ?? findTargetInInput(train)?.place;
    return place === undefined ? [] : [leaveOut(config, place)];
  },
};

function leaveOut(config: Config, place: number): Change | null {
  if (config.subject === "own") return changeConfig(config, { "data.withoutInputs": [place] });
  if (config.subject !== "table") return null;
  return changeConfig(config, { "data.inputs": config.data.inputs.filter((_, at) => at !== place) });
}
