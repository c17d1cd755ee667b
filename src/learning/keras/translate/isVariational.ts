// A variational autoencoder draws its code at random and adds a divergence to the loss.

import { isObject } from "../../../foundation/savedModel/keras3.ts";
import { drawsNumbers } from "../traced/operations/random.ts";
import { allNodes, type TracedGraph } from "../traced/tracedGraph.ts";
import { fromText } from "../traced/tracedText.ts";
import type { TranslatedLayer } from "./table/entry.ts";

/** Whether layers of a model draw random numbers in evaluation, and layers of it add to the loss for what they answer. */
export function isVariational(topology: TranslatedLayer): boolean {
  const layers = layersIn(topology);
  return layers.some(drawsInEvaluation) && layers.some(addsToTheLoss);
}

function layersIn(layer: TranslatedLayer): TranslatedLayer[] {
  const { layers } = layer.config;
  if (!Array.isArray(layers)) return [layer];
  return layers.filter(isObject).flatMap((one) => layersIn(one as unknown as TranslatedLayer));
}

function tracedIn({ class_name: kind, config }: TranslatedLayer) {
  return kind === "TracedLayer" ? fromText(String(config.traced)) : null;
}

function drawsInEvaluation(layer: TranslatedLayer): boolean {
  const traced = tracedIn(layer);
  if (traced === null) return false;
  const graph: TracedGraph = traced.evaluation ?? traced.training;
  return allNodes(graph).some(({ op }) => drawsNumbers(op));
}

function addsToTheLoss(layer: TranslatedLayer): boolean {
  return layer.class_name === "ActivityRegularization" || tracedIn(layer)?.has_penalty === true;
}
