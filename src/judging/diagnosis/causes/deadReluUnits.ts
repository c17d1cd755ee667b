import { largestOf } from "../../../foundation/numbers/extremes.ts";
import { percent } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Probe } from "../../../learning/training/trace.ts";
import type { Cause } from "../cause.ts";
import { changeActivation, scaleLearningRate } from "../change.ts";
import type { RankName } from "../ranking.ts";

export const deadReluUnits: Cause<"dead-relu-units"> = {
  name: "dead-relu-units",
  claim: "relu units are 0 on every example, so that no gradient passes them",
  examine({ run, fails }) {
    if (fails !== "training") return null;
    const { probes } = run.trace;
    const last = probes.at(-1);
    const worst = Math.max(0, largestOf((last?.layers ?? []).map(({ deadFraction }) => deadFraction ?? 0)));
    const layer = last?.layers.find(({ deadFraction }) => deadFraction === worst);
    if (!layer || worst < MOST_OF_A_LAYER) return null;
    const died = probes.findIndex((_, index) =>
      probes.slice(index).every((probe) => fractionOf(probe, layer.layer) >= worst),
    );
    const step = probes[died]?.step ?? 0;
    return {
      rank: rankOf(worst, step),
      evidence: `${percent(worst)} of the units of ${layer.layer} are dead from step ${step} on`,
    };
  },
  cures: (config) => [
    scaleLearningRate(config, 0.1),
    scaleLearningRate(config, 0.01),
    changeActivation(config, "leakyRelu"),
    changeConfig(config, { "model.kernelInitializer": "heNormal" }),
  ],
};

/** In 884 healthy networks, up to 97 % of a layer's filters were dead, but never a whole layer. */
const MOST_OF_A_LAYER = 0.97;

function fractionOf({ layers }: Probe, name: string): number {
  return layers.find(({ layer }) => layer === name)?.deadFraction ?? 0;
}

function rankOf(deadFraction: number, since: number): RankName {
  if (deadFraction < 1) return "most units of a layer are dead";
  return since === 0 ? "a layer is dead from the start" : "a layer died";
}
