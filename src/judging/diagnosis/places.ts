// Tells the layers that make a model's outputs from the hidden ones.

import type { Survey } from "../../learning/training/survey.ts";
import type { LayerSurvey } from "../../learning/training/surveyLayer.ts";

/** Returns the layer that makes an output; the last layer with weights if the model has a single output. */
export function outputLayer({ heads, layers }: Survey, output: number): LayerSurvey | undefined {
  if (heads.length <= 1) return layers.at(-1);
  const name = heads[output]?.layer;
  return layers.find(({ layer }) => layer === name);
}

/** Returns the layers with weights that make no output. */
export function hiddenLayers(survey: Pick<Survey, "heads" | "layers">): readonly LayerSurvey[] {
  const { heads, layers } = survey;
  if (heads.length <= 1) return layers.slice(0, -1);
  return layers.filter(({ layer }) => !heads.some((head) => head.layer === layer));
}
