// What a model and a loss promise whatever they learn: it is measured on a model that was not trained yet, in a few
// passes of eight examples.

import { onceFor } from "../../../foundation/onceFor.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import { constrainedLayers } from "../../../learning/training/constraints.ts";
import { refuseLate } from "../timeLeft.ts";
import { type Blindness, measureBlindness } from "./blindness.ts";
import { type EvaluationNoise, measureEvaluationNoise } from "./evaluationNoise.ts";
import { type Foresight, measureForesight } from "./foresight.ts";
import { type FreshModel, withFreshModel } from "./freshModel.ts";
import { type InputUse, measureInputUse } from "./inputUse.ts";
import { type KernelScales, measureKernelScales } from "./kernelScale.ts";
import { type LossParts, measureLossParts } from "./lossParts.ts";
import { type LossStart, measureLossStart } from "./lossStart.ts";
import { measurePenaltyStart } from "./penaltyStart.ts";
import { measureSeparation } from "./separateExamples.ts";
import { measureWeightUse, type WeightUse } from "./weightUse.ts";

/** The measurements of a fresh model. */
export interface Contract {
  /** See {@link measureSeparation}. */
  readonly separation: number | null;
  readonly noise: EvaluationNoise;
  readonly inputs: InputUse | null;
  /** Null for a model that sees none of its answers, and for examples whose inputs hold none. */
  readonly foresight: Foresight | null;
  readonly loss: LossParts | null;
  readonly start: LossStart | null;
  readonly kernels: KernelScales | null;
  /** See {@link measurePenaltyStart}. */
  readonly penalty: number;
  /** The layers whose weights are held by a constraint. */
  readonly constrained: readonly string[];
  readonly weights: WeightUse;
  /** Null for a model that tells examples apart. */
  readonly blindness: Blindness | null;
}

/** A few passes of eight examples take about as long as this many steps of the subject's own run. */
const PASSES = 1;

/** Measures a subject's fresh model, once. @throws {BudgetSpent} where the caller has no time for it. */
export const contractOf = onceFor((subject: Subject): Promise<Contract> => withFreshModel(subject, measure));

/** The weights and the blindness come last, since their measurements change the weights. */
async function measure(fresh: FreshModel): Promise<Contract> {
  const inTime = <Value>(measureIt: () => Promise<Value>): Promise<Value> => {
    refuseLate(fresh.subject, PASSES);
    return measureIt();
  };
  const noise = await inTime(() => measureEvaluationNoise(fresh));
  const isNoisy = noise.again > 0 || noise.redrawn > 0;
  return {
    noise,
    separation: await inTime(() => measureSeparation(fresh, isNoisy)),
    inputs: isNoisy ? null : await inTime(() => measureInputUse(fresh)),
    foresight: isNoisy ? null : await inTime(() => measureForesight(fresh)),
    loss: await inTime(() => measureLossParts(fresh)),
    start: await inTime(() => measureLossStart(fresh)),
    kernels: await inTime(() => measureKernelScales(fresh)),
    penalty: await measurePenaltyStart(fresh),
    constrained: constrainedLayers(fresh.model),
    weights: await inTime(() => measureWeightUse(fresh)),
    blindness: isNoisy ? null : await inTime(() => measureBlindness(fresh)),
  };
}
