import { average, columnMeans } from "../../../foundation/numbers/statistics.ts";
import { percent } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Cause } from "../cause.ts";

export const missingBias: Cause<"missing-bias"> = {
  name: "missing-bias",
  claim: "no layer has a bias, so that an input of zeros always gives the same output",
  examine({ survey, run, fails, targets, outputs, subject }) {
    const kernels = survey.layers.filter(({ start }) => start !== null);
    if (fails !== "training" || kernels.length === 0 || kernels.some(({ hasBias }) => hasBias)) return null;
    if (survey.layers.length > kernels.length) return null;
    const means = columnMeans(run.train.predictions, subject.train.outputs);
    const bias = targets.map(({ mean }, place) => (mean - (means[place] as number)) ** 2);
    const share = Math.max(
      ...outputs.map(({ part: { index, offset, size } }) => {
        const error = run.train.outputs[index]?.meanSquaredError as number;
        return average(bias.slice(offset, offset + size)) / error;
      }),
    );
    return {
      rank: share > 0.1 ? "no bias, and the mean is off" : "no bias",
      evidence: `none of ${kernels.length} layers has a bias; ${percent(share)} of the error is a shift of the mean`,
    };
  },
  cures: (config) => [changeConfig(config, { "model.useBias": true })],
};
