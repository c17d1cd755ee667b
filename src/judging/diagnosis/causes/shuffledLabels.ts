import { percent, printNumber } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { targetParts } from "../../../learning/subject/parts.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import { type Association, measureAssociation } from "../../evidence/association.ts";
import { inputUses } from "../../evidence/reference/inputUses.ts";
import { patchErrors } from "../../evidence/reference/patches.ts";
import {
  FARTHEST,
  findMove,
  findMovedTargets,
  findSortedAlone,
} from "../../evidence/targets/movedTargets.ts";
import { pairsHold } from "../../evidence/targets/pairsHold.ts";
import type { Cause, Suspicion } from "../cause.ts";
import { pairAgain, takeOtherInputs, takeUnchanged } from "../cure/takeHeld.ts";
import { suspectAsked } from "../suspectAsked.ts";

export const shuffledLabels: Cause<"shuffled-labels"> = {
  name: "shuffled-labels",
  claim: "the targets do not belong to their inputs",
  silent: true,
  async examine({ subject, fails, verdict, run, askedFaults }) {
    const asked = suspectAsked(askedFaults, "order", "answers are compared out of order");
    if (asked) return asked;
    if (fails === null || verdict === "diverged") return null;
    const train = measureAssociation(subject.train);
    if (!train || train.examples < ENOUGH) return null;
    // What a network knows by heart, and cannot predict, is mostly of few examples, whose targets can be related no more surely.
    if (train.score > (fails === "held-out" ? UNRELATED : RELATED))
      return fails === "held-out" ? examineHeldOut(subject, train) : null;
    // Between codes, such as the numbers of words, there is no distance.
    if ((await inputUses(subject)).some(({ as }) => as === "codes")) return null;
    if (tellsPlaces(subject.train) || pairsHold(run)) return null;
    const order = describeOrder(subject.train);
    const heldOut = subject.heldOut && measureAssociation(subject.heldOut);
    const evidence = `of ${train.examples} training examples, targets of nearest neighbours differ by ${percent(train.ratio)} of what those of random pairs do (${printNumber(train.score)} standard deviations)${order}`;
    // Few training examples have a low score whatever their targets are like; what tells is how far their neighbours differ.
    if (heldOut && heldOut.score > SURELY_RELATED && train.ratio - heldOut.ratio >= LOST) {
      return {
        rank: "only training labels are unrelated",
        evidence: `${evidence}; of held-out ones by ${percent(heldOut.ratio)}`,
      };
    }
    if (findMove(subject.train) !== null)
      return { rank: "the targets of other rows belong to them", evidence };
    const isAlone = fails === "held-out" && !areFewPictures(subject.train);
    return {
      rank: isAlone ? "labels are unrelated, and nothing generalises" : "labels are unrelated",
      evidence,
    };
  },
  byHand:
    "repair the pairing where rows and labels are read or joined, so that whatever sorts, shuffles or drops rows does so to both; no training can undo it",
  cures: async (config) => {
    if (config.subject !== "own") return [];
    const moved = findMovedTargets(await createSubject(config));
    return [
      moved && changeConfig(config, { "data.shiftTargets": moved }),
      ...(await pairAgain(config)),
      ...takeUnchanged(config),
      ...takeOtherInputs(config),
    ];
  },
};

/**
 * Where training rows of like inputs have like targets, held-out rows of the same kind have them too, unless theirs were
 * mixed up: no set of other inputs, and no overfitting, takes the likeness of neighbours away.
 */
async function examineHeldOut(subject: Subject, train: Association): Promise<Suspicion | null> {
  const { heldOut } = subject;
  const held = heldOut && measureAssociation(heldOut);
  if (!held || held.examples < ENOUGH || train.score < SURELY_RELATED || held.score > UNRELATED) return null;
  if (held.ratio - train.ratio < LOST) return null;
  if ((await inputUses(subject)).some(({ as }) => as === "codes")) return null;
  return {
    rank: "only held-out labels are unrelated",
    evidence: `targets of nearest neighbours differ by ${percent(train.ratio)} of what those of random pairs do among training examples, and by ${percent(held.ratio)} among ${held.examples} held-out ones (${printNumber(held.score)} standard deviations): the held-out targets do not belong to their inputs`,
  };
}

/** Fewer pictures, or sequences, are easily known by heart. */
const FEW = 500;

/**
 * Pictures that show the same thing at other places are no neighbours, and sequences that begin elsewhere are none either. Few of
 * them are known by heart whatever their targets are, so that nothing tells whether these belong to them.
 */
function areFewPictures({ inputShape, count }: Examples): boolean {
  return inputShape.length >= 2 && count < FEW;
}

/** By this share at least, numbers around a place have to tell what stands there. */
const TOLD = 0.1;

/**
 * Whether targets lie beside their inputs, such as masks over pictures, and the numbers around a place tell them: pictures as a
 * whole have no neighbours then that would have like masks.
 */
function tellsPlaces(train: Examples): boolean {
  const [part, ...others] = targetParts(train);
  if (!part || others.length > 0) return false;
  return patchErrors(train, part).some(({ lossOverVariance }) => lossOverVariance <= 1 - TOLD);
}

/** Says what the order of the rows tells of how the pairs were lost. */
function describeOrder(train: Examples): string {
  const moved = findMove(train);
  if (moved !== null)
    return `; the target that stands ${Math.abs(moved)} row${Math.abs(moved) === 1 ? "" : "s"} further ${moved > 0 ? "on" : "back"} belongs to them`;
  const sorted = findSortedAlone(train);
  if (sorted === "targets")
    return "; the targets stand in order, and the inputs do not: they were sorted alone";
  if (sorted === "inputs")
    return "; the inputs stand in order, each column by itself: they were sorted alone";
  return `; no target up to ${FARTHEST} rows further on or back belongs to them either`;
}

/** Bounds on the association score, in standard deviations of the score under shuffled targets. */
const RELATED = 3;
const SURELY_RELATED = 5;
const UNRELATED = 2;
/** The likeness of neighbours that held-out rows lose, as a share of the difference of random pairs. */
const LOST = 0.25;
/** With fewer examples, even the nearest neighbour is too far away to have a similar target. */
const ENOUGH = 40;
