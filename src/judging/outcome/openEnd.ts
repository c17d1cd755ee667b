import { sampleStandardDeviation } from "simple-statistics";
import { correlation } from "../../foundation/numbers/statistics.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import type { Survey } from "../../learning/training/survey.ts";
import type { Trace } from "../../learning/training/trace.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
import { readTrend, stillFalls } from "../evidence/trend.ts";
import { stepsAsked, wasCut } from "./stepsMade.ts";
import type { Verdict } from "./verdict.ts";

/**
 * The verdict of a check. A run is `unfinished` if its caller ended it, it has not learnt yet, and the steps that it did
 * not make may still change that.
 */
export type CheckVerdict = Verdict | "unfinished";

/** A run that made at least this share of its steps has shown enough. */
const MOST_OF_IT = 0.5;
/** So has one that made this many steps: a loss that has not moved in them seldom moves later. */
const MANY_STEPS = 300;
/**
 * A clock may end a run anywhere, also on the level stretch with which small sigmoid and recurrent networks begin: in Keras, three
 * sound ones left it after 560, 1,300 and 1,900 updates or more. So of a run that a clock ended this many count, which is half
 * of the most that the check of a script makes.
 */
const MANY_ON_A_CLOCK = 2_500;
/** By this share the error has to be able to fall in the steps that are left, or they change nothing that matters. */
const CLEARLY = 0.2;
/** A fall counts from so many of its standard errors; a straight line through so many probes at least gives one. */
const SURELY = 3;
const FEWEST_PROBES = 4;
/** From where on probes are looked at: a short run has few in its second half. */
const FROM_HALF = 0.5;
const FROM_A_QUARTER = 0.25;
/** A trend tells by how much the loss fell from one eighth of the run to the next. */
const EIGHTHS = 8;

/** What is looked at of a run; one without a survey has no averages to look at. */
type CutRun = Pick<TrainingRun, "finite" | "steps" | "trace"> & {
  readonly survey?: Pick<Survey, "batchStatistics"> | null;
};

/**
 * Whether a run was ended so early that the steps it did not make may still change how well it predicts: it made too few
 * to tell, or its error was falling, fast enough for the steps that are left to lower it clearly, or what it has learnt is
 * hidden by averages that have not arrived.
 */
export function hasOpenEnd(
  run: CutRun,
  subject: Pick<Subject, "steps" | "programSteps">,
  verdict: CheckVerdict,
): boolean {
  const { finite, steps, trace } = run;
  if (!finite || !wasCut(run, subject)) return false;
  const asked = stepsAsked(subject);
  if (verdict !== "learns" && averagesHaveToArrive(run)) return true;
  if (trace.cutShort !== undefined) return mayStillImprove(trace, steps, asked, subject.steps);
  // The first steps of a program that are enough to learn show what it makes of held-out examples, too.
  if (verdict === "learns" || verdict === "diverged") return false;
  if (!hasStarted(steps, asked)) return true;
  return Math.max(fallOf(trace, steps, asked - steps, FROM_A_QUARTER), lossFallOf(trace, asked)) > CLEARLY;
}

/** Whether so many steps were made that a loss which has not begun to fall in them will hardly do so later. */
function hasStarted(made: number, all: number): boolean {
  return made >= Math.min(MANY_STEPS, MOST_OF_IT * all);
}

/** Whether a run that a clock ended made so many of the steps that it set out for. */
function hasShown(made: number, planned: number): boolean {
  return made >= Math.min(MANY_ON_A_CLOCK, MOST_OF_IT * planned);
}

/** So many updates pass until the averages of batch normalisation hold nothing of their start, at Keras's momentum of 0.99. */
const AVERAGES_ARRIVE = 500;
/** Averages that have arrived give nearly the same error as the statistics of the examples themselves. */
const LAGGING = 2;

/** Whether the steps left are those in which averages arrive that still hide what the network has learnt. */
function averagesHaveToArrive({ steps, survey }: CutRun): boolean {
  if (!survey?.batchStatistics || steps >= AVERAGES_ARRIVE) return false;
  const { withAverages, withOwn } = survey.batchStatistics;
  return withOwn < HARDLY_LEARNT && withAverages > LAGGING * withOwn;
}

/** Whether too few steps were made to tell, or those that are left may lower the error clearly. */
function mayStillImprove(trace: Trace, made: number, all: number, planned: number): boolean {
  return !hasShown(made, planned) || fallOf(trace, made, all - made) > CLEARLY;
}

/** Predictions that leave more of Var(Y) than this are hardly better than a constant. */
const HARDLY_LEARNT = 0.5;

/**
 * Whether a run has shown enough by now to end where it will not come to its last step in any case: it has hardly learnt
 * anything, and what it would still do in all its steps changes that little.
 */
export function hasSettled(soFar: Trace, { steps }: Pick<Subject, "steps">): boolean {
  const error = soFar.probes.at(-1)?.lossOverVariance ?? null;
  return (
    error !== null && error > HARDLY_LEARNT && !mayStillImprove(soFar, soFar.losses.length, steps, steps)
  );
}

/** The share by which the loss would fall in the steps that are left; 0 if chance explains its fall. */
function lossFallOf(trace: Trace, asked: number): number {
  const made = trace.losses.length;
  const trend = readTrend(trace);
  return stillFalls(trend) ? (trend.falling * EIGHTHS * (asked - made)) / made : 0;
}

/**
 * The share by which the error would fall in the steps that are left, at the pace of the later ones of those made; 0 if
 * chance explains its fall. It is measured on the probe examples, which are the same at each probe; the loss of a batch
 * depends on the batch too.
 */
function fallOf({ probes }: Trace, made: number, left: number, from = FROM_HALF): number {
  const late = probes.flatMap(({ step, lossOverVariance }) =>
    step >= from * made && lossOverVariance !== null ? [[step, lossOverVariance] as const] : [],
  );
  const [steps, errors] = [late.map(([step]) => step), late.map(([, error]) => error)];
  const slant = correlation(steps, errors);
  if (late.length < FEWEST_PROBES || slant === null || slant >= 0) return 0;
  const certainty = -slant * Math.sqrt((late.length - 2) / (1 - slant ** 2));
  if (certainty < SURELY) return 0;
  const slope = (slant * sampleStandardDeviation(errors)) / sampleStandardDeviation(steps);
  return (-slope * left) / (errors.at(-1) as number);
}
