import { startClock } from "../../../foundation/clock.ts";
import type { Config } from "../../../learning/config/schema.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import { judgedError } from "../../../learning/training/evaluation.ts";
import type { Watch } from "../../../learning/training/progress.ts";
import type { TrainingRun } from "../../../learning/training/train.ts";
import { type IsLate, limitEvidence } from "../../evidence/timeLeft.ts";
import { checkLaws } from "../../law/checkLaws.ts";
import { leaveToAuthor } from "../../leaveToAuthor.ts";
import { fairThresholds } from "../../outcome/fairThresholds.ts";
import { type CheckVerdict, hasOpenEnd } from "../../outcome/openEnd.ts";
import { tellsHalf } from "../../outcome/tellsHalf.ts";
import type { Verdict } from "../../outcome/verdict.ts";
import { trainAndDiagnose } from "../../trainAndDiagnose.ts";
import type { Finding } from "../finding.ts";
import type { CutRun } from "./cutRun.ts";

/** What a run of a changed config has shown: plain data, which a thread can send. */
export interface ChangedRun {
  readonly verdict: Verdict;
  /** Mean squared error over Var(Y). */
  readonly lossOverVariance: number | null;
  readonly findings: readonly Finding[];
  /** Laws that the changed subject breaks; also empty if its run failed, since then no law is measured. */
  readonly brokenLaws: readonly string[];
  /** Whether the run learns, the diagnosis finds no cause, and every law holds. */
  readonly cures: boolean;
  /** Whether a check of it would leave the rest to the author: see {@link leaveToAuthor}. */
  readonly isOnItsWay: boolean;
  /** Where its time ended it; null if it made all its steps, or ended by itself. */
  readonly cut: CutRun | null;
  /** Null unless it cures or is on its way: runs take memory. */
  readonly run: TrainingRun | null;
}

/** How a changed config is trained. */
export interface ChangedHow extends Watch {
  /** Whether the engine promises the same bits for the same run. */
  readonly bitExact: boolean;
  /** Seconds after which its run ends and is judged on the steps made. @defaultValue it makes all its steps */
  readonly seconds?: number | undefined;
  /** Whether there is no time left for so many steps of the subject that is changed. @defaultValue there always is */
  readonly isLate?: IsLate | undefined;
}

/**
 * Trains a changed config, and measures every law where nothing else is wrong with the run.
 *
 * @throws {BudgetSpent} where the time is spent before everything is measured.
 */
export async function trainChanged(
  config: Config,
  { bitExact, seconds, isLate, ...watch }: ChangedHow,
): Promise<ChangedRun> {
  const { thresholds } = config;
  const elapsed = startClock();
  const subject = await createSubject(config);
  limitEvidence(subject, isLate);
  const isOver = seconds === undefined ? undefined : () => elapsed() > seconds;
  const { run, verdict, findings } = await trainAndDiagnose(subject, { thresholds, isOver, ...watch });
  const fair = fairThresholds(subject, thresholds);
  const changed = {
    verdict,
    lossOverVariance: judgedError(run.train),
    findings,
    cut: cutOf(run, subject, verdict),
  };
  const isClean = verdict === "learns" && findings.length === 0;
  const mayBeOnItsWay =
    (verdict === "learns" || verdict === "stalled") &&
    findings.every(({ asksForMore }) => asksForMore === true) &&
    tellsHalf(run, fair);
  if (!isClean && !mayBeOnItsWay)
    return { ...changed, brokenLaws: [], cures: false, isOnItsWay: false, run: null };
  const checked = await checkLaws(subject, { thresholds, bitExact, run, asksOwnRunFirst: true, ...watch });
  const brokenLaws = checked.laws.filter((law) => !law.holds).map(({ name }) => name);
  // Of a run that was ended, a law may wait for steps that were not made.
  const waits = checked.notMeasured.length > 0;
  const cures = isClean && checked.holds && !waits && checked.verdict === "learns";
  const isOnItsWay =
    !cures && !waits && leaveToAuthor({ ...checked, findings, data: [] }, subject, fair).holds;
  const cut = changed.cut && { ...changed.cut, isOpen: changed.cut.isOpen || waits };
  const ends = { cures, isOnItsWay, cut, run: cures || isOnItsWay ? run : null };
  return { ...changed, brokenLaws: isClean ? brokenLaws : [], ...ends };
}

function cutOf(run: TrainingRun, subject: Subject, verdict: CheckVerdict): CutRun | null {
  const { trace, steps } = run;
  if (trace.cutShort === undefined) return null;
  return { made: steps, asked: subject.steps, isOpen: hasOpenEnd(run, subject, verdict) };
}
