import { printNumber } from "../../../foundation/print/printNumber.ts";
import { measureLossDirection } from "../../evidence/lossDirection.ts";
import type { Cause } from "../cause.ts";

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
      return { confidence: 0.98, evidence: `the loss does not depend on output ${ignored.join(", ")}` };
    }
    const ratios = run.train.varianceRatios;
    const flat = ratios.flatMap((ratio, output) => (ratio !== null && ratio < FLAT ? [output] : []));
    const moving = ratios.some((ratio) => ratio !== null && ratio > MOVING);
    if (!moving || flat.length === 0 || subject.train.classification) return null;
    return {
      // A loss that is known by name trains every output: something else holds this one back.
      confidence: typeof subject.loss === "function" ? (fails === "training" ? 0.84 : 0.8) : 0.45,
      evidence: `output ${flat.join(", ")} is flat (variance ratio ${printNumber(ratios[flat[0] as number] as number)}) while another follows its targets`,
    };
  },
};

const FLAT = 0.05;
const MOVING = 0.3;
