import { largestOf } from "../../../foundation/numbers/extremes.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import type { OutputEvaluation } from "../../../learning/training/evaluation.ts";
import type { TrainingRun } from "../../../learning/training/train.ts";

/** An output that is not learnt, and whose loss counts next to nothing in the sum over the outputs. */
export interface SilencedOutput {
  readonly output: OutputEvaluation;
  /** The factor of its loss. */
  readonly weight: number;
  /** Its part of what training minimises at the first step, from 0 to 1. */
  readonly share: number;
}

/** Below this part of the first loss, an output's own loss decides next to nothing of what is learnt. */
const NEXT_TO_NOTHING = 0.01;
/** An output whose error is at least this share of that of its best constant is not learnt, as a verdict has it. */
const NOT_LEARNT = 0.2;

/** Finds the outputs whose loss is weighted so low, beside that of others, that training does not reach them. */
export function findSilencedOutputs(
  { loss }: Pick<Subject, "loss">,
  { train, trace }: TrainingRun,
): readonly SilencedOutput[] {
  if (!Array.isArray(loss)) return [];
  const weights = (loss as readonly { readonly weight: number }[]).map(({ weight }) => weight);
  const most = largestOf(weights);
  const first = trace.losses[0] ?? Number.NaN;
  return train.outputs.flatMap((output, index): SilencedOutput[] => {
    const weight = weights[index] ?? 1;
    if (weight >= most || !isUnlearnt(output)) return [];
    // The loss of an output that stays as it was before training is still about what it was at the first step.
    const share = (weight * output.loss) / first;
    return weight === 0 || share < NEXT_TO_NOTHING ? [{ output, weight, share }] : [];
  });
}

function isUnlearnt({ errorOverPrior, lossOverVariance }: OutputEvaluation): boolean {
  return (errorOverPrior ?? lossOverVariance ?? 0) >= NOT_LEARNT;
}
