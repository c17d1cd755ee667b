import { type Change, changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Config } from "../../../learning/config/schema.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { chainWindows } from "../../../learning/subject/windowChain.ts";
import { contractOf } from "../../evidence/contract/contract.ts";
import type { Foresight } from "../../evidence/contract/foresight.ts";
import { nameColumn } from "../../evidence/data/rowNames.ts";
import { findTargetInInput } from "../../evidence/series/series.ts";
import { findShownAnswers } from "../../evidence/series/shownAnswers.ts";
import { findTargetCopy } from "../../evidence/targets/targetCopy.ts";
import type { Cause, Suspicion } from "../cause.ts";

export const targetInInput: Cause<"target-in-input"> = {
  name: "target-in-input",
  claim: "the target stands in its own input",
  silent: true,
  async examine({ subject }) {
    const { train } = subject;
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
        evidence: `${shown.name} shows each position the answer that it is asked for, beside another sequence: what the network predicts from has to stop one step earlier`,
      };
    const { foresight } = await contractOf(subject);
    if (foresight !== null) return describeForesight(foresight);
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
    'leave the target out of the inputs, end each window one step earlier, shift what a decoder is shown by one step, or hide the later steps from each step: a mask that is 1 for what may be seen (use_causal_mask=True), padding="causal", no layer in both directions',
  cures: async (config) => {
    const subject = await createSubject(config);
    const { train } = subject;
    if ("rework" in config && (await contractOf(subject)).foresight !== null)
      return [changeConfig(config, { "rework.causal": true })];
    const shown = findShownAnswers(train);
    if (shown !== null && config.subject === "own")
      return [changeConfig(config, { "data.delayInput": shown.place })];
    const place = findTargetCopy(train) ?? findTargetInInput(train)?.place;
    return place === undefined ? [] : [askForWhatFollows(config, train, place), leaveOut(config, place)];
  },
};

function describeForesight({ input, ahead, asked, seeing }: Foresight): Suspicion {
  const further = ahead === 1 ? "the next step" : `the step ${ahead} further on`;
  return {
    rank: "a target stands in its own input",
    evidence: `each step is asked for ${further} of ${input.name}, and at ${seeing} of ${asked} steps the output changes with exactly that number: the network sees its answers, which are not there when it is used`,
  };
}

/** Of windows that follow each other, the target is to be the number behind the window, and not one within. */
function askForWhatFollows(config: Config, train: Examples, place: number): Change | null {
  const [steps = 0, features = 1] = train.inputShape;
  if (config.subject !== "own" || chainWindows(train) === null) return null;
  const ahead = steps - Math.floor(place / features);
  return changeConfig(config, {
    "data.shiftTargets": { train: ahead, heldOut: ahead, along: "windows" },
  });
}

function leaveOut(config: Config, place: number): Change | null {
  if (config.subject === "own") return changeConfig(config, { "data.withoutInputs": [place] });
  if (config.subject !== "table") return null;
  return changeConfig(config, { "data.inputs": config.data.inputs.filter((_, at) => at !== place) });
}
