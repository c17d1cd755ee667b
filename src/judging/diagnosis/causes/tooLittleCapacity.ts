import { isSeries } from "../../evidence/series.ts";
import type { Cause } from "../cause.ts";
import { scaleWidth } from "../change.ts";
import type { RankName } from "../ranking.ts";
import { hasNoGradient, stillFalls } from "../signs.ts";

export const tooLittleCapacity: Cause<"too-little-capacity"> = {
  name: "too-little-capacity",
  claim: "the network is too small for what it has to tell apart",
  examine({ run, survey, subject, fails, verdict, trend }) {
    if (fails !== "training" || verdict === "diverged" || !run.finite) return null;
    const dead = run.trace.probes.at(-1)?.layers.find(({ deadFraction }) => deadFraction === 1)?.layer;
    const lost = survey.layers.slice(0, -1).find(({ layer, units }) => layer === dead && units <= NARROW);
    if (lost) {
      return {
        rank: "the only units died",
        evidence: `${lost.layer} has ${lost.units} unit${lost.units === 1 ? "" : "s"}, and nothing is left where ${lost.units === 1 ? "it dies" : "they die"}`,
      };
    }
    if (stillFalls(trend) || hasNoGradient(survey)) return null;
    const hidden = survey.layers.slice(0, -1).filter(({ start }) => start !== null);
    const narrowest = hidden.reduce((least, { units }) => Math.min(least, units), Number.POSITIVE_INFINITY);
    // On a series, a wide enough network may also fail because the order of the steps is lost or because nothing can be
    // predicted. More width would not help in either case.
    if (isSeries(subject.train) && hidden.length > 0 && narrowest > NARROW) return null;
    const tight = hidden.length === 0 || narrowest <= Math.max(NARROW, subject.train.outputs / 2);
    return {
      rank: rankOf(narrowest < subject.train.outputs, tight),
      evidence:
        hidden.length === 0
          ? "there is no hidden layer, and the loss has stopped falling"
          : `the narrowest hidden layer has ${narrowest} unit${narrowest === 1 ? "" : "s"}, and the loss has stopped falling`,
    };
  },
  cures: (config) => [2, 4, 8].map((factor) => scaleWidth(config, factor)),
};

/** A layer with this many units or fewer is too narrow for almost any task. */
const NARROW = 2;

function rankOf(isBelowOutputs: boolean, isTight: boolean): RankName {
  if (isBelowOutputs) return "a layer is narrower than the outputs";
  return isTight ? "a layer is narrow" : "loss has stopped falling";
}
