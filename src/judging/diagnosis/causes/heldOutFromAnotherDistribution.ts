import { percent, printNumber } from "../../../foundation/print/printNumber.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import type { TrainingRun } from "../../../learning/training/train.ts";
import { UNDONE } from "../../evidence/asked/askedFault.ts";
import { errorOn, findBetterPrepared, isClearlyWorse } from "../../evidence/asked/betterPrepared.ts";
import { measureAssociation } from "../../evidence/association.ts";
import { MANY_UNTAUGHT, shareOfUntaughtRows } from "../../evidence/data/missingClasses.ts";
import { withoutOutliers } from "../../evidence/data/outliers.ts";
import { findForeignScale } from "../../evidence/split/foreignScale.ts";
import { correlationOnHeldOut } from "../../evidence/split/oppositeAnswers.ts";
import { countDistinct, measureOverlap } from "../../evidence/split/overlap.ts";
import { findRenumberedClasses } from "../../evidence/split/renumberedClasses.ts";
import { countRepeated, MANY_TIMES } from "../../evidence/split/repeatedRows.ts";
import { worstDifference } from "../../evidence/split/setDifference.ts";
import { findSortedSplit } from "../../evidence/split/sortedSplit.ts";
import type { Cause, Suspicion } from "../cause.ts";
import { scaleHeldOut } from "../cure/scaleHeldOut.ts";
import { shuffleBeforeSplitting } from "../cure/shuffleBeforeSplitting.ts";
import { takeOtherInputs } from "../cure/takeHeld.ts";
import { suspectAsked } from "../suspectAsked.ts";

export const heldOutFromElsewhere: Cause<"held-out-from-another-distribution"> = {
  name: "held-out-from-another-distribution",
  claim: "the held-out examples are not like those trained on",
  silent: true,
  examine({ subject, fails, run, askedFaults }) {
    const { train, heldOut } = subject;
    const told = fails === "held-out" ? findOtherwise(subject, run) : null;
    const asked = suspectAsked(askedFaults, "prepared", "asked rows are prepared otherwise");
    // Where the held-out rows are prepared as those of training, they are wherever the script asks about them.
    if (asked && !told?.remedy?.["data.prepareHeldOut"]) return asked;
    if (fails === null || !heldOut) return null;
    if (told) return told;
    if (fails === "held-out" && subject.scaledAnew) return SCALED_ANEW;
    const others = describeOtherRows(train, heldOut);
    if (others) return { rank: "held-out examples differ", evidence: others };
    // What few different rows lack, such as a class, is what others would show.
    if (countRepeated(subject, MANY_TIMES) !== null)
      return fails === "held-out" ? findOpposite(train, run) : null;
    const untaught = shareOfUntaughtRows({ train, heldOut });
    const worst =
      untaught > MANY_UNTAUGHT
        ? `${printNumber(100 * untaught)} % of the held-out rows are of classes that no training row has`
        : worstDifference(train, heldOut);
    if (!worst) return fails === "held-out" ? findOpposite(train, run) : null;
    const sorted = findSortedSplit(subject);
    if (sorted) {
      const order = `; the rows are sorted by ${sorted.name}, and the split took them in that order`;
      return { rank: "held-out examples differ", evidence: worst + order };
    }
    if (findForeignScale(subject)) {
      const scale =
        "; most columns differ by their scale, as if one of the sets had not been scaled as the other was";
      return { rank: "held-out examples differ", evidence: worst + scale };
    }
    const inner = worstDifference(withoutOutliers(train), withoutOutliers(heldOut));
    const outliers =
      inner === null ? "; a few outliers make the difference: the data findings name their rows" : "";
    return { rank: "held-out examples differ", evidence: worst + outliers };
  },
  byHand:
    "make the held-out examples in the same way as those trained on, or judge by others; where they are meant to be from elsewhere, no training can promise to predict them",
  cures: async (config) => [
    ...takeOtherInputs(config),
    ...(await shuffleBeforeSplitting(config)),
    ...(await scaleHeldOut(config)),
  ],
};

/** Each set then has a mean of 0 and a spread of 1, so that their numbers do not tell: what they stand for differs. */
const SCALED_ANEW: Suspicion = {
  rank: "held-out rows are scaled anew",
  evidence:
    "the script fits a scaler anew to rows that it holds out or asks about, which are answered badly: the same number stands for another quantity than in training; scale them by the scaler of training",
};

/** Where both sets repeat each of their rows so often, a random split leaves hardly a row to one set alone. */
const REPEATED = 16;
const MOST_SEEN = 0.5;

/** Says that the held-out rows are repeated ones that training never repeats, as where a sorted table was cut. */
function describeOtherRows(train: Examples, heldOut: Examples): string | null {
  const [ours, theirs] = [countDistinct(train), countDistinct(heldOut)];
  if (ours > train.count / REPEATED || theirs > heldOut.count / REPEATED) return null;
  const { seen } = measureOverlap(train, heldOut);
  return seen < MOST_SEEN
    ? `training repeats ${ours} different rows and the held-out set ${theirs}, and ${percent(1 - seen)} of the held-out rows are none of training's: the rows are sorted, and the split took them in that order`
    : null;
}

/** A correlation below this with held-out targets is no guess: what was learnt means the opposite there. */
const OPPOSITE = -0.5;
/** Where neighbours differ more than chance explains, as in a parity, an answer by the neighbour is wrong by nature. */
const ALTERNATING = -3;

/** Says by what change the run answers held-out rows that it answers badly: another preparation, or other class numbers. */
function findOtherwise(subject: Subject, run: TrainingRun): Suspicion | null {
  const renumbered = findRenumbered(subject, run);
  const prepared = findPreparedOtherwise(subject, run);
  if (!prepared) return renumbered;
  if (!renumbered) return prepared;
  // Where both would do, colours in another order are the likelier fault of pictures, and exchanged axes the rarer one.
  if (prepared.remedy?.["data.prepareHeldOut"] === "axes") return renumbered;
  return { ...prepared, evidence: `${prepared.evidence}; or ${renumbered.evidence}` };
}

/** Says that the run answers held-out rows once they are prepared as those of training. */
function findPreparedOtherwise(subject: Subject, run: TrainingRun): Suspicion | null {
  const { heldOut } = subject;
  const { heldOutOtherwise: otherwise = [] } = run;
  if (!heldOut || !run.heldOut || otherwise.length === 0) return null;
  const worst = errorOn(subject, run, heldOut, run.heldOut);
  if (!worst || !isClearlyWorse(worst.error, heldOut)) return null;
  const better = findBetterPrepared(subject, run, heldOut, { error: worst.error, otherwise });
  return (
    better && {
      rank: "held-out examples differ",
      evidence: `held-out examples are prepared otherwise than those of training: ${UNDONE[better.how]}${better.fall}`,
      remedy: { "data.prepareHeldOut": better.how },
    }
  );
}

/** Says that held-out rows number the classes otherwise than training rows do. */
function findRenumbered(subject: Subject, { heldOut }: TrainingRun): Suspicion | null {
  const numbers = heldOut && findRenumberedClasses(subject, heldOut);
  if (!numbers || alternates(subject.train)) return null;
  const moved = numbers.flatMap((number, own) =>
    number === own ? [] : [`of class ${own} are predicted as class ${number}`],
  );
  return {
    rank: "held-out examples differ",
    evidence: `the two sets number the classes differently: most held-out rows ${moved.join(", those ")}; number both by one list of the classes`,
    remedy: { "data.heldOutClasses": numbers },
  };
}

/** Says that the run answers held-out examples the wrong way round, although each number looks as in training. */
function findOpposite(train: Examples, { heldOut }: TrainingRun): Suspicion | null {
  const correlation = heldOut && correlationOnHeldOut(heldOut);
  if (correlation === null || correlation > OPPOSITE) return null;
  if (alternates(train)) return null;
  return {
    rank: "held-out examples differ",
    evidence: `held-out examples are answered the wrong way round (correlation with their targets ${printNumber(correlation)}), and learning by heart comes to a guess: look for channels, columns or classes that have changed places between the sets`,
  };
}

function alternates(train: Examples): boolean {
  return (measureAssociation(train)?.score ?? 0) < ALTERNATING;
}
