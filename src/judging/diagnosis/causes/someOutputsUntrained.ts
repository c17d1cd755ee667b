import { percent, printNumber } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import type { OutputEvaluation } from "../../../learning/training/evaluation.ts";
import type { TrainingRun } from "../../../learning/training/train.ts";
import { measureLossDirection } from "../../evidence/loss/lossDirection.ts";
import { findSilencedOutputs, type SilencedOutput } from "../../evidence/loss/silencedOutputs.ts";
import type { Output } from "../../evidence/targets/outputs.ts";
import { commonOutputs, FEWEST } from "../../outcome/commonOutputs.ts";
import { nameOfNumber } from "../../outcome/judgedOutputs.ts";
import type { Case, Cause, Suspicion } from "../cause.ts";
import { useFittingLoss } from "../change.ts";
import type { RankName } from "../ranking.ts";

export const someOutputsUntrained: Cause<"some-outputs-untrained"> = {
  name: "some-outputs-untrained",
  claim: "only some of the outputs are trained",
  silent: true,
  async examine({ subject, run, outputs, fails }) {
    const [silenced] = fails === "training" ? findSilencedOutputs(subject, run) : [];
    if (silenced) return describeSilenced(silenced);
    const ignored = await ignoredNumbers(run, outputs);
    const numbers = run.train.varianceRatios.length;
    if (ignored.length > 0 && ignored.length < numbers) {
      return {
        rank: "loss ignores an output",
        evidence: `the loss does not depend on ${ignored.join(", ")}`,
      };
    }
    const asked = outputs.filter(({ part }) => !part.classification);
    const ratios = asked.flatMap(({ part, loss }) => {
      const output = run.train.outputs[part.index] as OutputEvaluation;
      return judgedAlone(output).map((number) => ({
        ratio: output.varianceRatios[number] ?? null,
        name: nameOfNumber(run.train, output, number),
        isOwnLoss: typeof loss === "function",
      }));
    });
    const flat = ratios.filter(({ ratio }) => ratio !== null && ratio < FLAT);
    const moving = ratios.some(({ ratio }) => ratio !== null && ratio > MOVING);
    const [first] = flat;
    if (!moving || !first) return null;
    return {
      rank: rankOf(first.isOwnLoss, fails),
      evidence: `${flat.map(({ name }) => name).join(", ")} is flat (variance ratio ${printNumber(first.ratio)}) while another follows its targets`,
    };
  },
  cures: async (config) => [
    "rework" in config ? changeConfig(config, { "rework.lossWeights": "alike" }) : null,
    ...(await useFittingLoss(config)),
  ],
};

function describeSilenced({ output, weight, share }: SilencedOutput): Suspicion {
  return {
    rank: weight === 0 ? "loss ignores an output" : "the loss of an output weighs next to nothing",
    evidence: `the loss of ${output.name} is weighted with ${printNumber(weight)}, so it is ${percent(share)} of what training minimises at the first step, and ${output.name} is not learnt`,
  };
}

/** The numbers of an output that are not so rare, as a pixel that is seldom lit, that chance decides whether they vary. */
function judgedAlone(output: OutputEvaluation): readonly number[] {
  return output.varianceRatios.length > 1 ? commonOutputs(output, fewestOf(output.examples)) : [0];
}

/** Among few examples, a number whose targets lie on both sides of their middle is no rare one. */
function fewestOf(examples: number): number {
  return Math.min(FEWEST, Math.max(1, Math.floor(examples / 4)));
}

/** Names the numbers of the outputs that a custom loss does not depend on. */
async function ignoredNumbers(run: TrainingRun, outputs: readonly Output[]): Promise<string[]> {
  const names: string[] = [];
  for (const { loss, part } of outputs) {
    const output = run.train.outputs[part.index] as OutputEvaluation;
    if (typeof loss !== "function") continue;
    const direction = await measureLossDirection(loss, part);
    for (const number of direction?.ignoredOutputs ?? []) names.push(nameOfNumber(run.train, output, number));
  }
  return names;
}

const FLAT = 0.05;
const MOVING = 0.3;

/** A built-in loss trains every output, so if one output stays flat there, another cause is likelier. */
function rankOf(isOwnLoss: boolean, fails: Case["fails"]): RankName {
  if (!isOwnLoss) return "an output is flat";
  return fails === "training"
    ? "an own loss leaves an output flat"
    : "an own loss leaves an output flat, and the run learns";
}
