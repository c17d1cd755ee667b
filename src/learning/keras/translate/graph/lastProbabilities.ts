import { lastOperations } from "../../traced/lastOperations.ts";
import type { TracedLayerConfig } from "../../traced/tracedGraph.ts";
import type { Graph, GraphLayer } from "./graph.ts";

/** The layers that apply their activation to what they give, as their last operation. */
const ACTIVATES = /^(Activation|Dense|EinsumDense|(Separable|Depthwise)?Conv[123]D(Transpose)?)$/;

/**
 * Names the function that an output of a model passes last, where Keras on TensorFlow finds the logits behind it.
 *
 * @param output name of the layer that makes it. @defaultValue the last one
 * @returns null for any other function.
 */
export function lastProbabilities({ layers }: Graph, output?: string): "softmax" | "sigmoid" | null {
  const last = output === undefined ? layers.at(-1) : layers.find(({ name }) => name === output);
  return last === undefined ? null : functionOf(last);
}

function functionOf({ className, config, model, traced }: GraphLayer): "softmax" | "sigmoid" | null {
  if (model) return lastProbabilities(model, model.outputs[0]?.layer);
  if (traced?.training) {
    const { training, has_penalty: hasPenalty } = traced as unknown as TracedLayerConfig;
    const [last] = hasPenalty ? [] : lastOperations(training);
    return last?.op === "Softmax" ? "softmax" : last?.op === "Sigmoid" ? "sigmoid" : null;
  }
  if (className === "Softmax") return config.axis === undefined || config.axis === -1 ? "softmax" : null;
  const { activation } = config;
  return ACTIVATES.test(className) && (activation === "softmax" || activation === "sigmoid")
    ? activation
    : null;
}
