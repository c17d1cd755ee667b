import type { Subject } from "../../learning/subject/subject.ts";
import type { Evaluation, OutputEvaluation } from "../../learning/training/evaluation.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
import { commonOutputs } from "./commonOutputs.ts";
import { type FairThresholds, leftOfNumber, leftOfWorstNumber } from "./fairThresholds.ts";
import { forgottenClass } from "./forgottenClass.ts";
import { allLearnOtherwise, outputsBySquaredError } from "./judgedOutputs.ts";
import { LEAST_RATIO } from "./leastRatio.ts";
import type { CheckVerdict } from "./openEnd.ts";
import { wasCut } from "./stepsMade.ts";

/** Whether an output is nearly constant. An output that has learnt its classes is exempt, unless it never answers one of them. */
export function hasFlatOutput(
  { train }: TrainingRun,
  thresholds: Pick<FairThresholds, "attainable">,
): boolean {
  const least = leastVariation(train, thresholds);
  if (least === null || least.ratio >= least.bound) return false;
  return !allLearnOtherwise(train, thresholds) || forgottenClass(train, thresholds) !== null;
}

/**
 * Whether a run that learns was cut before its last step, and has an output that is nearly constant so far: one class of many
 * is often told last.
 */
export function isFlatSoFar(
  run: TrainingRun,
  subject: Pick<Subject, "steps" | "programSteps">,
  verdict: CheckVerdict,
  thresholds: Pick<FairThresholds, "attainable">,
): boolean {
  return verdict === "learns" && wasCut(run, subject) && hasFlatOutput(run, thresholds);
}

/** How much the output varies that varies least. */
export interface LeastVariation {
  /** Var(Ŷ) / Var(Y). */
  readonly ratio: number;
  /** The least that is healthy: {@link LEAST_RATIO} of what noise leaves to be predicted. */
  readonly bound: number;
}

/**
 * Returns the least variance ratio of any output, or of any number of an output, against its bound; null if no targets
 * vary. Outputs that have learnt their classes are left out where others have not. The best predictions of noisy targets
 * vary as much less as noise leaves of the targets.
 */
export function leastVariation(
  train: Pick<Evaluation, "outputs">,
  thresholds: Pick<FairThresholds, "attainable">,
): LeastVariation | null {
  const judged = outputsBySquaredError(train);
  const variations = train.outputs.flatMap((output, place) =>
    judged.includes(output) ? variationsOf(output, place, thresholds) : [],
  );
  const shares = variations.map((one) => ({ one, share: one.bound > 0 ? one.ratio / one.bound : 1 }));
  return shares.sort((a, b) => a.share - b.share)[0]?.one ?? null;
}

/**
 * Among the numbers of an output, those with too few examples on their rarer side are left out; if all are left out,
 * the ratio of all of them together counts.
 */
function variationsOf(
  output: OutputEvaluation,
  place: number,
  thresholds: Pick<FairThresholds, "attainable">,
): LeastVariation[] {
  const common = commonOutputs(output);
  const asked = common.length > 0 ? withoutCorners(common, output) : [...output.varianceRatios.keys()];
  const variations = asked.flatMap((number): LeastVariation[] => {
    const ratio = output.varianceRatios[number];
    if (typeof ratio !== "number") return [];
    const noise = ratio < LEAST_RATIO ? leftOfNumber(thresholds, place, number) : 0;
    return [{ ratio, bound: LEAST_RATIO * (1 - noise) }];
  });
  const { varianceRatio } = output;
  // If no number can be judged alone, all are judged together.
  if (variations.length === 0 || common.length > 0 || output.varianceRatios.length === 1) return variations;
  if (varianceRatio === null) return [];
  const noise = varianceRatio < LEAST_RATIO ? leftOfWorstNumber(thresholds, place) : 0;
  return [{ ratio: varianceRatio, bound: LEAST_RATIO * (1 - noise) }];
}

/**
 * Of the points of a map, such as a picture, a few see less of the inputs than the others: a corner, whose neighbours are padding.
 * In an inpainting network that left 0.03 of Var(Y) one corner of 256 had a ratio of 0.22. A channel that is not trained is flat at
 * all of its places, so this share of the places of each channel, the flattest, may be left out.
 */
const CORNERS = 0.03;
/** A map has at least so many places, and a row of numbers so many that they are the points of one thing. */
const PLACES_OF_MAP = 16;
const NUMBERS_OF_ROW = 64;

function withoutCorners(numbers: readonly number[], { shape, varianceRatios }: OutputEvaluation): number[] {
  const channels = shape.length > 1 ? (shape.at(-1) as number) : 1;
  const places = varianceRatios.length / channels;
  if (places < (shape.length > 1 ? PLACES_OF_MAP : NUMBERS_OF_ROW)) return [...numbers];
  return Array.from({ length: channels }, (_, channel) => {
    const own = numbers.filter((number) => number % channels === channel);
    const flattestFirst = own.sort((a, b) => (varianceRatios[a] ?? 0) - (varianceRatios[b] ?? 0));
    return flattestFirst.slice(Math.floor(CORNERS * own.length));
  }).flat();
}
