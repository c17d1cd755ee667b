import { largestOf } from "../../../foundation/numbers/extremes.ts";
import { percent, printNumber } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import { contractOf } from "../../evidence/contract/contract.ts";
import { type DistantStep, findDistantStep } from "../../evidence/series/distantSteps.ts";
import { findUnmaskedPadding, type UnmaskedPadding } from "../../evidence/series/unmaskedPadding.ts";
import type { Cause } from "../cause.ts";
import { changeActivation, scaleSteps } from "../change.ts";
import { gradientRatio, VANISHED } from "../signs.ts";
import { updateRatios } from "../updateRatios.ts";

export const vanishingGradients: Cause<"vanishing-gradients"> = {
  name: "vanishing-gradients",
  claim: "the gradient fades on its way back through the layers",
  async examine({ subject, run, survey, fails, verdict }) {
    // Only failing runs are examined, because a network that has converged has small gradients as well.
    if (fails !== "training" || verdict === "diverged") return null;
    const distant = await findDistantStep(subject);
    if (distant) return { rank: "what is far back fades", evidence: describeDistant(distant) };
    const padding = await findUnmaskedPadding(subject);
    if (padding)
      return {
        rank: "what is far back fades",
        evidence: describePadding(padding),
        remedy: { "rework.masking": padding.value === 0 || padding.value },
      };
    const { kernels } = await contractOf(subject);
    const faint = kernels?.smallest;
    if (faint && faint.gain < FAINT)
      return {
        rank: "weights start at almost nothing",
        evidence: `${faint.layer} starts with weights that make its input ${printNumber(faint.gain)} times as large, so that hardly anything of an example passes it, and hardly any gradient comes back`,
        remedy: { "model.kernelInitializer": "glorotUniform" },
      };
    if (survey.layers.length < 3) return null;
    const typical = gradientRatio(run.trace.probes);
    const early = gradientRatio(run.trace.probes.filter(({ step }) => step <= EARLY));
    if (typical === null || early === null || Math.min(typical, early) > FADED) return null;
    const [first, last] = [survey.layers[0]?.layer, survey.layers.at(-1)?.layer];
    const atStart = gradientRatio(run.trace.probes.filter(({ step }) => step === 0));
    const largest = Math.max(
      0,
      largestOf(updateRatios(run.trace.probes.filter(({ step }) => step <= EARLY))),
    );
    // Layers that pass the gradient as they were drawn are not what fades it.
    if (atStart !== null && atStart > PASSED && largest >= LARGE)
      return {
        rank: "gradient vanishes once steps were large",
        evidence: `the gradient of ${first} is ${printNumber(Math.min(typical, early))} times that of ${last} (median), and was ${printNumber(atStart)} times before the first step; early steps changed the weights of a layer by up to ${percent(largest)}`,
      };
    return typical > FADED
      ? {
          rank: "gradient fades early on",
          evidence: `in the first ${EARLY} steps the gradient of ${first} was ${printNumber(early)} times that of ${last} (median)`,
        }
      : {
          rank: typical < VANISHED ? "gradient vanishes" : "gradient fades",
          evidence: `the gradient of ${first} is ${printNumber(typical)} times that of ${last} (median)`,
        };
  },
  cures: (config) => [
    changeActivation(config, "relu"),
    changeConfig(config, { "model.kernelInitializer": "heNormal" }),
    changeConfig(config, { "model.batchNorm": true }),
    scaleSteps(config, 4),
  ],
};

function describeDistant({ step, steps, correlation, heard, answer }: DistantStep): string {
  return `the targets go with step ${step} of ${steps} (correlation ${printNumber(correlation)}), and before training, exchanging that step changes the outputs by ${printNumber(answer)} times what exchanging step ${heard} does; let the recurrent layer read backwards, shorten the sequence, or use an LSTM or GRU`;
}

function describePadding({ value, steps, filled, masked, answer }: UnmaskedPadding): string {
  const mask =
    masked === null ? "no layer masks them" : `a layer masks ${printNumber(masked)} in place of them`;
  return `${printNumber(filled)} of ${steps} steps of an example only fill it up with ${printNumber(value)} (on average), ${mask}, and before training, exchanging the whole sequence changes the outputs by ${printNumber(answer)} times what another last step does: mask the fill, or put it in front`;
}

/** No usual initializer has a gain as small: normal weights of a deviation of 0.01 have 0.1 for 100 inputs and 0.01 for one. */
const FAINT = 0.003;
const FADED = 0.03;
/** A network that passes this part of its gradient on before any step is not made so that it fades. */
const PASSED = 0.1;
/** Steps of this size change a layer's weights too much, as for learning-rate-too-high. */
const LARGE = 0.25;
/** The first steps are also judged alone, because the layers of a stuck network may balance their gradients later. */
const EARLY = 32;
