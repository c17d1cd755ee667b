import { percent, printNumber } from "../../../foundation/print/printNumber.ts";
import { type Change, changeConfig, type Values } from "../../../learning/config/changeConfig.ts";
import { kindOf } from "../../../learning/config/kinds/kinds.ts";
import type { Config, LossConfig } from "../../../learning/config/schema.ts";
import type { Loss } from "../../../learning/loss/loss.ts";
import { asksForDistances } from "../../../learning/measure/distanceMeasure.ts";
import { asksItsLossAlone } from "../../../learning/measure/lossMeasure.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import type { Evaluation, OutputEvaluation } from "../../../learning/training/evaluation.ts";
import { findTurnedWeights, type TurnedWeights } from "../../evidence/data/turnedWeights.ts";
import { measureLossDirection } from "../../evidence/loss/lossDirection.ts";
import { findLossMisfit } from "../../evidence/loss/lossFit.ts";
import { findOtherGoal, findSecondSqueeze } from "../../evidence/loss/lossGoal.ts";
import { findUnaskedTargets } from "../../evidence/loss/lossReach.ts";
import { findMedianGoal } from "../../evidence/loss/medianGoal.ts";
import { findTurnedArguments } from "../../evidence/loss/turnedArguments.ts";
import { findTurnedPairs } from "../../evidence/loss/turnedPairs.ts";
import { findUnheardClass } from "../../evidence/loss/unheardClass.ts";
import { countClassNumbers } from "../../evidence/targets/classNumbers.ts";
import type { Output } from "../../evidence/targets/outputs.ts";
import { findRegressedClasses, missesRegressedClasses } from "../../evidence/targets/regressedClasses.ts";
import { twoValuesOf } from "../../evidence/targets/twoValues.ts";
import type { Case, Cause, Suspicion } from "../cause.ts";
import { useFittingLoss, withoutOwnLoss } from "../change.ts";
import { turnsOfPairs } from "../cure/turnPairs.ts";

export const wrongLoss: Cause<"wrong-loss"> = {
  name: "wrong-loss",
  claim: "the loss does not measure how far predictions are from targets",
  silent: true,
  async examine({ outputs, fails, run, subject }) {
    const regressed = missesRegressedClasses(subject, run.train);
    if (regressed !== null) return { rank: "class numbers are regressed", evidence: regressed };
    for (const output of outputs) {
      const suspicion =
        (await examineOutput(output, fails)) ??
        (fails === "training" ? await examineGoal(output, run.train.outputs[output.part.index]) : null);
      const turned =
        suspicion && outputs.length === 1 ? await findTurnedArguments(output, subject.seed) : null;
      if (turned)
        return {
          rank: "an own loss takes its arguments in the other order",
          evidence: turned,
          remedy: { "rework.turnLoss": true },
        };
      if (suspicion) return suspicion;
    }
    const pairs = fails === "training" ? await findTurnedPairs(subject.train, subject.seed) : null;
    if (pairs)
      return {
        rank: "a loss takes the labels of pairs the other way round",
        evidence: pairs.words,
      };
    const median =
      fails === null ? null : examineMedian(outputs, fails === "training" ? run.train : run.heldOut);
    if (median) return median;
    const turned = fails === "training" ? findTurnedWeights(subject.train) : null;
    return turned && describeTurned(turned);
  },
  cures: async (config) => {
    const subject = await createSubject(config);
    const { train, loss, seed } = subject;
    // The labels have to be turned, or the loss itself: no other loss makes distances of the answers.
    const pairs = await findTurnedPairs(train, seed);
    if (pairs) return turnsOfPairs(subject, pairs).map((values) => changeConfig(config, values));
    if (findTurnedWeights(train)) return [changeConfig(config, { "data.evenClasses": true })];
    const change = (values: Values) => changeConfig(config, withoutOwnLoss(config, values));
    const regressed = findRegressedClasses(subject);
    if (regressed) return [change({ ...recodeNames(regressed.classes, config), ...SEVERAL_CLASSES })];
    const classes = countClassNumbers(train, loss as LossConfig | Loss);
    const recoded = classes === null ? null : kindOf(config).classes(classes);
    // Class numbers are names: to regress them is no cure, however small the error.
    if (classes !== null) return [recoded && change({ ...recoded, ...SEVERAL_CLASSES })];
    return [...renamedLabels(config, train, loss as LossConfig | Loss), ...(await useFittingLoss(config))];
  },
};

/** Reads whole numbers as names of classes, from 0 on. */
function recodeNames(classes: readonly number[], config: Config): Values {
  const areCounted = classes.every((number, place) => number === place);
  return { ...kindOf(config).classes(classes.length), ...(!areCounted && { "data.classes": classes }) };
}

/** Labels of two values, such as −1 and 1, become 0 and 1 where the loss asks for these. */
function renamedLabels(config: Config, { targets }: Examples, loss: LossConfig | Loss): Change[] {
  if (typeof loss === "function" || loss.name !== "binaryCrossentropy") return [];
  const values = twoValuesOf(targets);
  if (values === null || (values[0] === 0 && values[1] === 1)) return [];
  const change = changeConfig(config, kindOf(config).unitTargets);
  return change ? [change] : [];
}

/** Below this part of all weights, training hears next to nothing of a class. */
const HARDLY_HEARD = 0.05;

function describeTurned({ output, fault, loudest, quietest, share }: TurnedWeights): Suspicion {
  const class_ = ({ number, count, weight }: TurnedWeights["quietest"]) =>
    `each of the ${count} examples of class ${number} counts ${printNumber(weight)}`;
  const of = output.index > 0 ? ` for ${output.name}` : "";
  const each = `${class_(loudest)}, and ${class_(quietest)}`;
  return {
    rank:
      share < HARDLY_HEARD ? "weights leave the rare class unheard" : "weights favour the commonest class",
    evidence:
      fault === "turned"
        ? `the weights are turned round${of}: ${each}, so that the rarest class is ${percent(share)} of what training minimises; a rare class needs the larger weight`
        : `the weights leave a class unheard${of}: ${each}, so that class ${quietest.number} is ${percent(share)} of what training minimises`,
  };
}

function examineMedian(outputs: readonly Output[], evaluation: Evaluation | null): Suspicion | null {
  for (const output of outputs) {
    const one = evaluation?.outputs[output.part.index];
    const evidence = one ? findMedianGoal(output, one) : null;
    if (evidence)
      return {
        rank: "loss asks for the commonest value",
        evidence,
        remedy: { "training.loss": { name: "mse" } },
      };
  }
  return null;
}

const UNRELATED = 0.1;

/** Asks whether the loss leaves some of the targets out, or the run has done what it asks for, which is something else. */
async function examineGoal(output: Output, evaluation?: OutputEvaluation): Promise<Suspicion | null> {
  const unasked = findUnaskedTargets(output);
  if (unasked !== null) return { rank: "loss leaves targets out", evidence: unasked };
  if (evaluation === undefined) return null;
  const evidence = await findOtherGoal(output, evaluation);
  if (evidence !== null) return { rank: "an own loss asks for something else", evidence };
  const unheard = await findUnheardClass(output, evaluation);
  return unheard === null ? null : { rank: "an own loss hardly hears a rare class", evidence: unheard };
}

async function examineOutput(output: Output, fails: Case["fails"]): Promise<Suspicion | null> {
  const { loss, part, prefix } = output;
  const misfit = findLossMisfit(output);
  if (misfit?.change === "loss")
    return { rank: "loss does not fit outputs and targets", evidence: misfit.reason };
  if (typeof loss === "function") {
    const twice = await findSecondSqueeze(output);
    if (twice !== null) return { rank: "loss does not fit outputs and targets", evidence: twice };
    const direction = await measureLossDirection(loss, part);
    if (direction?.ignoresTargets && !part.arePlaceholders)
      return {
        rank: "loss ignores the targets",
        evidence: `${prefix}the loss does not depend on the targets`,
      };
    if (direction?.slopeIgnoresTargets && !part.arePlaceholders)
      return {
        rank: "loss ignores the targets",
        evidence: `${prefix}the gradient of the loss is the same whatever the targets, so that nothing pulls the predictions to them; the differences have to be squared, say`,
      };
    if (asksForDistances(part) || asksItsLossAlone(part)) return null;
    if (
      direction &&
      direction.cosine !== null &&
      !direction.ignoresOrder &&
      Math.abs(direction.cosine) < UNRELATED &&
      fails
    ) {
      return {
        rank: "loss is unrelated to the error",
        evidence: `${prefix}its gradient has a cosine of ${printNumber(direction.cosine)} with the error's own`,
      };
    }
    return null;
  }
  if (fails === "training" && part.classification && !loss.name.endsWith("Crossentropy")) {
    return {
      rank: "squared loss on classes",
      evidence: `${prefix}${loss.name} on classes: its gradient vanishes on outputs that are surely wrong`,
    };
  }
  return null;
}

const SEVERAL_CLASSES = {
  "training.loss": { name: "categoricalCrossentropy" },
  "model.outputActivation": "softmax",
};
