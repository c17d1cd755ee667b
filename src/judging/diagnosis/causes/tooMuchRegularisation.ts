import { leastOf } from "../../../foundation/numbers/extremes.ts";
import { percent } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import { hasOwnOptimizer } from "../../../learning/config/ownDefaults.ts";
import type { Config } from "../../../learning/config/schema.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import type { Survey } from "../../../learning/training/survey.ts";
import { contractOf } from "../../evidence/contract/contract.ts";
import type { Cause, Suspicion } from "../cause.ts";
import { dropsUnits } from "../cure/dropsUnits.ts";

export const tooMuchRegularisation: Cause<"too-much-regularisation"> = {
  name: "too-much-regularisation",
  claim: "penalties, constraints, dropout or augmentation outweigh what there is to learn",
  async examine({ run, survey, subject, fails }) {
    if (fails !== "training" || !run.finite) return null;
    const shrunk = leastOf(survey.layers.map(({ growth }) => growth));
    const decay = decayOf(subject);
    if (survey.penaltyShare > PENALTY) {
      return {
        rank: "penalty outweighs the loss",
        evidence: `penalties of the weights are ${percent(survey.penaltyShare)} of the loss; a layer's weights ended at ${percent(shrunk)} of their initial length`,
      };
    }
    const { penalty } = await contractOf(subject);
    if (penalty > PENALTY) {
      return {
        rank: "penalty outweighs the loss",
        evidence: `what layers add to the loss for what they answer is ${percent(penalty)} of it before training: the run lowers that, and not its error`,
      };
    }
    // A penalty that has taken the weights leaves nothing that it could weigh at the end.
    if (penalty > 0 && shrunk < GONE) {
      return {
        rank: "penalty outweighs the loss",
        evidence: `penalties of the weights pulled a layer's weights to ${percent(shrunk)} of their initial length; before training they were ${percent(penalty)} of the loss`,
        remedy: { "model.l2": 0 },
      };
    }
    if (decay > 0 && shrunk < SHRUNK) {
      return {
        rank: "penalty outweighs the loss",
        evidence: `weight decay of ${decay} shrank a layer's weights to ${percent(shrunk)} of their initial length`,
      };
    }
    if (survey.dropout >= NEARLY_ALL) {
      return {
        rank: "dropout takes nearly all",
        evidence: `dropout takes away ${percent(survey.dropout)} of the units at every step`,
      };
    }
    return (
      examineNoise(survey) ??
      examineAugmentation(survey) ??
      examineAnswers(survey, penalty) ??
      examineConstraints(subject)
    );
  },
  cures: async (config) => [
    "rework" in config && (await contractOf(await createSubject(config))).constrained.length > 0
      ? changeConfig(config, { "rework.constraints": false })
      : null,
    changeConfig(config, {
      "model.l2": 0,
      "training.optimizer.weightDecay": 0,
      ...(isDecoupled(config) && { "training.optimizer.decoupledWeightDecay": 0 }),
      ...((await dropsUnits(config)) && { "model.dropout": 0 }),
    }),
    "rework" in config ? changeConfig(config, { "rework.penalty": HARDLY_ANY }) : null,
  ],
};

/** What each step takes of every weight: as a part of the gradient, or beside it. */
function decayOf({ optimizer }: Pick<Subject, "optimizer">): number {
  return typeof optimizer === "function"
    ? 0
    : Math.max(optimizer.weightDecay, optimizer.decoupledWeightDecay ?? 0);
}

function isDecoupled(config: Config): boolean {
  return !hasOwnOptimizer(config) && config.training.optimizer.decoupledWeightDecay !== undefined;
}

const PENALTY = 0.3;
/** A factor that leaves a penalty its meaning and takes its weight. */
const HARDLY_ANY = 0.01;
const SHRUNK = 0.5;
/** Below this part of their initial length, a layer's weights answer nothing any more; without a penalty none come there. */
const GONE = 0.1;
const NEARLY_ALL = 0.7;
/**
 * Of the error in training, this share came from dropout in runs that it kept from learning: 0.48 to 0.52. In runs that
 * failed by tiny or huge steps beside dropout of 0.5 it was 0 to 0.11.
 */
const CARRIES = 0.3;
/** A smaller share counts where dropout takes half of the units or more, as one of two reasons why a loss stops falling. */
const CARRIES_SOME = 0.15;
const HALF = 0.5;

/**
 * What layers add for their answers may be next to nothing because they answer next to nothing: a divergence that weighs too
 * much keeps a code at noise, and only a run with less of it shows that.
 */
function examineAnswers({ penaltyShare }: Survey, penalty: number): Suspicion | null {
  if (penaltyShare > 0 || penalty <= 0) return null;
  return {
    rank: "a penalty of answers may outweigh the loss",
    evidence: `layers add to the loss for what they answer, ${percent(penalty)} of it before training, and the run does not learn: to tell more of the inputs may cost them more than the error that it saves`,
  };
}

/** What constraints keep from being learnt only shows where the run is made without them. */
async function examineConstraints(subject: Subject): Promise<Suspicion | null> {
  const { constrained } = await contractOf(subject);
  if (constrained.length === 0) return null;
  return {
    rank: "constraints hold the weights",
    evidence: `after every step, constraints bring the weights of ${constrained.join(", ")} back to the values that they allow`,
  };
}

/** Compares the same weights in training and in evaluation: a rate by itself says little, since it depends on the place. */
function examineNoise({ dropout, dropoutNoise }: Survey): Suspicion | null {
  if (dropoutNoise === null) return null;
  const { without, withNoise } = dropoutNoise;
  const share = (withNoise - without) / withNoise;
  if (!(share >= CARRIES || (share >= CARRIES_SOME && dropout >= HALF))) return null;
  return {
    rank: share >= CARRIES ? "dropout carries the loss" : "dropout carries some of the loss",
    evidence: `with the dropout or noise of training (up to ${percent(dropout)}) the same weights have an error of ${percent(withNoise)} of Var(Y), in evaluation ${percent(without)}: training fits its own noise`,
  };
}

/** What an augmentation does to the targets only shows where the run is made without it. */
function examineAugmentation({ augmenting }: Survey): Suspicion | null {
  if (augmenting.length === 0) return null;
  return {
    rank: "augmentation may change the targets",
    evidence: `${augmenting.join(", ")} ${augmenting.length > 1 ? "change" : "changes"} what passes at every step of training, which may take away what the targets depend on, or the scale that the network is made for`,
  };
}
