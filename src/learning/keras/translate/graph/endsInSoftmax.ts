import type { Graph, GraphLayer } from "./graph.ts";

/** Whether the last operation of an output is a softmax over its last axis. @param output its layer. @defaultValue the last one */
export function endsInSoftmax({ layers }: Graph, output?: string): boolean {
  const last = output === undefined ? layers.at(-1) : layers.find(({ name }) => name === output);
  return last !== undefined && isSoftmax(last);
}

function isSoftmax({ className, config, model }: GraphLayer): boolean {
  if (model) return endsInSoftmax(model, model.outputs[0]?.layer);
  if (className === "Softmax") return config.axis === undefined || config.axis === -1;
  return (className === "Dense" || className === "Activation") && config.activation === "softmax";
}
