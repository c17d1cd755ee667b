import { percent, printNumber } from "../../../foundation/print/printNumber.ts";
import type { Values } from "../../../learning/config/changeConfig.ts";
import type { Thresholds } from "../../../learning/config/schema.ts";
import { sampleExamples } from "../../../learning/subject/sample.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import type { TrainingRun } from "../../../learning/training/train.ts";
import { measureAssociation } from "../../evidence/association.ts";
import { inputUses } from "../../evidence/reference/inputUses.ts";
import { measureReplicates } from "../../evidence/reference/replicates.ts";
import { findStandIns, type StandIn } from "../../evidence/targets/standInTargets.ts";
import type { Cause, Suspicion } from "../cause.ts";
import { takeUnchanged } from "../cure/takeHeld.ts";

export const noisyLabels: Cause<"noisy-labels"> = {
  name: "noisy-labels",
  claim: "many targets are wrong",
  async examine({ subject, fails, verdict, run, thresholds, outputs }) {
    for (const output of fails === "training" ? outputs : []) {
      const [standIn, ...others] = await findStandIns(output);
      if (standIn)
        return { ...describeStandIn(standIn, output.prefix), remedy: withoutMarked([standIn, ...others]) };
    }
    const contradictions = fails === "training" ? contradictionsOf(subject, run, thresholds) : null;
    if (contradictions) return contradictions;
    if (fails === null || verdict === "diverged" || !subject.heldOut) return null;
    const train = measureAssociation(subject.train);
    const heldOut = measureAssociation(subject.heldOut);
    if (!train || !heldOut || train.score <= RELATED || heldOut.score < 2 * RELATED) return null;
    const excess = train.ratio - heldOut.ratio;
    // Between codes, such as the numbers of words, there is no distance.
    if (excess < EXCESS || (await inputUses(subject)).some(({ as }) => as === "codes")) return null;
    return {
      rank: excess > 2 * EXCESS ? "labels are very noisy" : "labels are noisy",
      evidence: `targets of nearest neighbours differ by ${percent(train.ratio)} of what those of random pairs do among training examples, by ${percent(heldOut.ratio)} among held-out ones`,
    };
  },
  byHand:
    "correct the targets that are wrong, or leave their rows out; where a value stands for what was not measured, leave those rows out of the loss, by a sample weight of 0 or a mask; where a loader mirrors or turns pictures, let their targets follow, or leave it out",
  cures: (config) => takeUnchanged(config),
};

/** The rows that have such a value tell nothing of what it stands for. */
function withoutMarked(standIns: readonly StandIn[]): Values {
  return {
    "data.withoutMarked": standIns.map(({ place, value }) => ({
      target: place,
      value: Number(value.toPrecision(7)),
    })),
  };
}

function describeStandIn(
  { value, share, least, most, leftOfPlaces, leftOfOthers }: StandIn,
  prefix: string,
): Suspicion {
  return {
    rank: "a value stands for missing targets",
    evidence: `${prefix}${percent(share)} of the targets are ${printNumber(value)}, all others lie from ${printNumber(least)} to ${printNumber(most)}, and the inputs tell of these (references leave ${percent(leftOfOthers)} of their variance) but not where the value stands (${percent(leftOfPlaces)}): it seems to stand for what was not measured, and the loss counts it`,
  };
}

/** Bound on the association score, in standard deviations of the score under shuffled targets. */
const RELATED = 3;
const EXCESS = 0.15;

/** Rows of equal inputs speak for all rows where they are at least this share of them. */
const ENOUGH = 0.5;
/** An error up to so many times the least possible one is explained by it. */
const NEAR_THE_LEAST = 1.3;

/** Judges by rows of equal inputs: no network can fit targets that differ between them. */
function contradictionsOf(subject: Subject, run: TrainingRun, thresholds: Thresholds): Suspicion | null {
  const replicates = measureReplicates(sampleExamples(subject.train, subject.seed, MOST_ROWS));
  if (!replicates || replicates.share < ENOUGH || replicates.noise < thresholds.lossOverVariance) return null;
  const reached = run.train.lossOverVariance ?? Number.POSITIVE_INFINITY;
  return {
    rank: reached <= NEAR_THE_LEAST * replicates.noise ? "labels are very noisy" : "labels are noisy",
    evidence: `${percent(replicates.share)} of the rows have the inputs of another row, and the targets of such rows differ: no network can come below ${percent(replicates.noise)} of Var(Y) on them`,
  };
}

/** More rows are sampled. */
const MOST_ROWS = 2000;
