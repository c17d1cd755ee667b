import { changeConfig } from "../../../learning/config/changeConfig.ts";
import { hasOwnOptimizer } from "../../../learning/config/ownDefaults.ts";
import { findFlatLayer } from "../../evidence/weights/flatLayer.ts";
import { measureOptimizerResponse } from "../../evidence/weights/optimizerResponse.ts";
import type { Cause } from "../cause.ts";
import { useAdam } from "../change.ts";

export const noUpdates: Cause<"no-updates"> = {
  name: "no-updates",
  claim: "no step changes any weight",
  async examine({ run, survey, fails, subject }) {
    if (fails !== "training" || run.steps === 0 || survey.layers.length === 0) return null;
    if (survey.layers.some(({ moved }) => moved > 0)) return null;
    const frozen = survey.layers.every(({ trainable }) => !trainable);
    const isIdle = (await measureOptimizerResponse(subject.optimizer))?.first === 0;
    const flat = frozen || isIdle ? null : await findFlatLayer(subject);
    if (flat !== null)
      return {
        rank: "a layer hands no gradient on",
        evidence: `after ${run.steps} steps every weight is what it was: ${flat} hands no gradient on, since it rounds its inputs, takes their sign, or cuts the gradient off; leave it out of training, and round the answers behind predict`,
      };
    return {
      // If the optimizer works and layers are trainable, there was no gradient, and another cause explains why.
      rank: frozen || isIdle ? "nothing is updated" : "no weight moved",
      evidence: `after ${run.steps} steps every weight is what it was${frozen ? ": no layer is trainable" : subject.idleBecause ? `: ${subject.idleBecause}` : ""}`,
    };
  },
  cures: (config) => [
    hasOwnOptimizer(config) ? changeConfig(config, { "rework.ownOptimizer": false }) : null,
    hasOwnOptimizer(config)
      ? useAdam(config)
      : changeConfig(config, { "training.optimizer.learningRate": 0.001 }),
    changeConfig(config, { "rework.trainable": true }),
  ],
};
