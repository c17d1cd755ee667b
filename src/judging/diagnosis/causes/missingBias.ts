import { percent } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Cause } from "../cause.ts";

export const missingBias: Cause<"missing-bias"> = {
  name: "missing-bias",
  claim: "no layer has a bias, so that an input of zeros always gives the same output",
  examine({ survey, run, fails, targets, subject }) {
    const kernels = survey.layers.filter(({ start }) => start !== null);
    if (fails !== "training" || kernels.length === 0 || kernels.some(({ hasBias }) => hasBias)) return null;
    if (survey.layers.length > kernels.length) return null;
    const { predictions } = run.train;
    const bias = targets.map(({ mean }, output) => {
      let sum = 0;
      for (let index = output; index < predictions.length; index += subject.train.outputs)
        sum += predictions[index] as number;
      return (mean - sum / run.train.examples) ** 2;
    });
    const share = bias.reduce((sum, value) => sum + value, 0) / bias.length / run.train.meanSquaredError;
    return {
      rank: share > 0.1 ? "no bias, and the mean is off" : "no bias",
      evidence: `none of ${kernels.length} layers has a bias; ${percent(share)} of the error is a shift of the mean`,
    };
  },
  cures: (config) => [changeConfig(config, { "model.useBias": true })],
};
