import { largestOf } from "../../../foundation/numbers/extremes.ts";
import { percent } from "../../../foundation/print/printNumber.ts";
import { changeConfig, type Values } from "../../../learning/config/changeConfig.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import { classesOf } from "../../../learning/subject/parts.ts";
import { findLostPlaces, type LostPlaces } from "../../evidence/lostPlaces.ts";
import { isSeries } from "../../evidence/series/series.ts";
import type { Output } from "../../evidence/targets/outputs.ts";
import { findSameAnswers } from "../../evidence/targets/sameAnswers.ts";
import { stillFalls } from "../../evidence/trend.ts";
import type { Cause, Suspicion } from "../cause.ts";
import { scaleWidth } from "../change.ts";
import { addHiddenLayer } from "../cure/addHiddenLayer.ts";
import { hiddenLayers } from "../places.ts";
import type { RankName } from "../ranking.ts";
import { hasNoGradient } from "../signs.ts";

export const tooLittleCapacity: Cause<"too-little-capacity"> = {
  name: "too-little-capacity",
  claim: "the network is too small for what it has to tell apart",
  async examine({ run, survey, subject, outputs, fails, verdict, trend }) {
    if (fails !== "training" || verdict === "diverged" || !run.finite) return null;
    const same = findSameAnswers(run.train);
    if (same) return describeSame(outputs, same);
    const places = await findLostPlaces(subject);
    if (places) return describePlaces(places);
    const dead = run.trace.probes.at(-1)?.layers.find(({ deadFraction }) => deadFraction === 1)?.layer;
    const lost = hiddenLayers(survey).find(({ layer, units }) => layer === dead && units <= NARROW);
    if (lost) {
      return {
        rank: "the only units died",
        evidence: `${lost.layer} has ${lost.units} unit${lost.units === 1 ? "" : "s"}, and nothing is left where ${lost.units === 1 ? "it dies" : "they die"}`,
      };
    }
    const hidden = hiddenLayers(survey).filter(({ start }) => start !== null);
    const narrowest = hidden.reduce((least, { units }) => Math.min(least, units), Number.POSITIVE_INFINITY);
    const width = largestOf(outputs.map(widthOf));
    if (hasNoGradient(survey)) return null;
    if (stillFalls(trend))
      return narrowest > NARROW || narrowest * WIDE > width
        ? null
        : {
            rank: "a layer is narrow",
            evidence: `the narrowest hidden layer has ${narrowest} unit${narrowest === 1 ? "" : "s"}, through which ${width} outputs have to be told apart`,
            remedy: asWideAs(width),
          };
    // On a series, a wide enough network may also fail because the order of the steps is lost or because nothing can be
    // predicted. More width would not help in either case.
    if (isSeries(subject.train) && hidden.length > 0 && narrowest > NARROW) return null;
    // Of layers of the program's own nobody knows how wide they are.
    const isUnknown = hidden.length === 0 && hiddenLayers(survey).length > 0;
    const tight = !isUnknown && (hidden.length === 0 || narrowest <= Math.max(NARROW, width / 2));
    const isNarrow = hidden.length > 0 && (narrowest < width || tight);
    return {
      ...(isNarrow && { remedy: asWideAs(width) }),
      rank: rankOf(narrowest < width, tight),
      evidence: isUnknown
        ? "the loss has stopped falling, and how wide the layers of the program's own are is not known"
        : hidden.length === 0
          ? "there is no hidden layer, and the loss has stopped falling"
          : `the narrowest hidden layer has ${narrowest} unit${narrowest === 1 ? "" : "s"}, and the loss has stopped falling`,
    };
  },
  cures: async (config) => {
    if ("rework" in config && (await findLostPlaces(await createSubject(config))))
      return [changeConfig(config, { "rework.keepPlaces": true })];
    const first = await addHiddenLayer(config);
    return first ? [first] : [2, 4, 8].map((factor) => scaleWidth(config, factor));
  },
};

function describeSame(outputs: readonly Output[], places: readonly [number, number]): Suspicion {
  const names = places.map((place) => outputs[place]?.part.name ?? String(place));
  return {
    rank: "two outputs are one",
    evidence: `${names.join(" and ")} answer every example with the same numbers, though their targets differ: one layer makes both; give each a layer of its own`,
    remedy: { "rework.ownEnds": true },
  };
}

function describePlaces({ layer, without, withPlaces }: LostPlaces): Suspicion {
  return {
    rank: "the place is lost",
    evidence: `${layer} takes one number of each channel over all places, and the targets ask where something stands: what a channel holds as a whole leaves ${percent(without)} of them open, what it holds in each of 16 cells ${percent(withPlaces)}`,
  };
}

/** A layer with this many units or fewer is too narrow for almost any task. */
const NARROW = 2;
/** So many times as many outputs as units cannot be told apart well, even while the loss still falls slowly. */
const WIDE = 4;

/** The units that make an output. A layer that makes each position of an image by itself has few. */
function widthOf({ part }: Output): number {
  return part.shape.length > 1 ? classesOf(part) : part.size;
}

/** A hidden layer of this many units is wide enough to learn by, however few the outputs are. */
const USUAL_UNITS = 16;

/** Widens the narrow layers alone: twice as many units as outputs can tell these apart. */
function asWideAs(outputs: number): Values {
  return { "rework.leastUnits": Math.max(USUAL_UNITS, 2 * outputs) };
}

function rankOf(isBelowOutputs: boolean, isTight: boolean): RankName {
  if (isBelowOutputs) return "a layer is narrower than the outputs";
  return isTight ? "a layer is narrow" : "loss has stopped falling";
}
