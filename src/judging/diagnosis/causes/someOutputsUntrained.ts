import { printNumber } from "../../../foundation/print/printNumber.ts";
import { measureLossDirection } from "../../evidence/lossDirection.ts";
import type { Case, Cause } from "../cause.ts";
import type { RankName } from "../ranking.ts";

export const someOutputsUntrained: Cause<"some-outputs-untrained"> = {
  name: "some-outputs-untrained",
  claim: "only some of the outputs are trained",
  silent: true,
  async examine({ run, subject, fails }) {
    const ignored =
      typeof subject.loss === "function"
        ? ((await measureLossDirection(subject.loss, subject.train.outputs))?.ignoredOutputs ?? [])
        : [];
    if (ignored.length > 0 && ignored.length < subject.train.outputs) {
      return {
        rank: "loss ignores an output",
        evidence: `the loss does not depend on output ${ignored.join(", ")}`,
      };
    }
    const ratios = run.train.varianceRatios;
    const flat = ratios.flatMap((ratio, output) => (ratio !== null && ratio < FLAT ? [output] : []));
    const moving = ratios.some((ratio) => ratio !== null && ratio > MOVING);
    if (!moving || flat.length === 0 || subject.train.classification) return null;
    return {
      rank: rankOf(typeof subject.loss === "function", fails),
      evidence: `output ${flat.join(", ")} is flat (variance ratio ${printNumber(ratios[flat[0] as number] as number)}) while another follows its targets`,
    };
  },
};

const FLAT = 0.05;
const MOVING = 0.3;

/** A built-in loss trains every output, so if one output stays flat there, another cause is likelier. */
function rankOf(isOwnLoss: boolean, fails: Case["fails"]): RankName {
  if (!isOwnLoss) return "an output is flat";
  return fails === "training"
    ? "an own loss leaves an output flat"
    : "an own loss leaves an output flat, and the run learns";
}
