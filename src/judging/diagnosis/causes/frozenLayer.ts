import { changeConfig } from "../../../learning/config/changeConfig.ts";
import type { LayerSurvey } from "../../../learning/training/surveyLayer.ts";
import { wereLearntBefore } from "../../evidence/weights/learntBefore.ts";
import type { Cause } from "../cause.ts";
import { hasDeadLayer } from "../signs.ts";

export const frozenLayer: Cause<"frozen-layer"> = {
  name: "frozen-layer",
  claim: "a layer is not trained",
  silent: true,
  async examine({ subject, run, survey, fails }) {
    if (run.steps === 0) return null;
    const kernels = survey.layers.filter(({ start }) => start !== null);
    const frozen = kernels.filter(
      ({ trainable, moved, kernelHeld }) => (!trainable && moved === 0) || kernelHeld,
    );
    // If the run learns, a frozen layer is taken to be frozen on purpose.
    if (frozen.length > 0 && (fails !== null || frozen.length === kernels.length)) {
      const names = frozen.map(({ layer }) => layer);
      const learnt = frozen.length < kernels.length && (await wereLearntBefore(subject, names));
      return {
        rank: learnt ? "what was learnt before is frozen" : "layer is not trainable",
        evidence: `${frozen.map(nameOf).join(", ")} cannot be trained${learnt ? ", though the first weights are no draw of an initializer, so that this may be meant" : ""}`,
      };
    }
    const still = kernels.filter(
      ({ layer, moved, trainable }) =>
        trainable &&
        moved === 0 &&
        run.trace.probes[0]?.layers.find((probe) => probe.layer === layer)?.gradientNorm === 0,
    );
    if (still.length === 0 || still.length === kernels.length || hasDeadLayer(run.trace.probes[0]))
      return null;
    return {
      rank: "no gradient reaches a layer",
      evidence: `no gradient reaches ${still.map(({ layer }) => layer).join(", ")}: the loss does not depend on it`,
    };
  },
  cures: (config) => [changeConfig(config, { "rework.trainable": true })],
};

function nameOf({ layer, kernelHeld }: LayerSurvey): string {
  return kernelHeld ? `the kernel of ${layer}` : layer;
}
