// Translates layers and activations that the capture wrote down by the operations that they are made of.

import type { JsonObject } from "../../../foundation/savedModel/modelJson.ts";
import { unknownOperations } from "../traced/runGraph.ts";
import type { TracedGraph, TracedLayerConfig } from "../traced/tracedGraph.ts";
import { asText } from "../traced/tracedText.ts";
import type { WeightTable } from "./capturedProgram.ts";
import type { Findings } from "./findings.ts";
import type { TranslatedLayer } from "./table/entry.ts";

/** What is translated, and how messages name it. */
interface Written {
  readonly layer: string;
  /** The class, or the argument that holds it. */
  readonly argument: string;
  /** What it is, in a sentence that goes on with "that …". */
  readonly kind: string;
}

/**
 * Translates a traced layer.
 *
 * @returns null where it could not be traced, or has operations without a counterpart; the findings then say so.
 */
export function translateTraced(
  traced: JsonObject,
  config: JsonObject,
  { layer, argument, kind }: Written,
  findings: Findings,
): TranslatedLayer | null {
  if (traced.training === undefined) {
    findings.refuse(
      layer,
      argument,
      `is ${kind}, and it ${String(traced.why ?? "was not traced")}; write it by layers of Keras`,
    );
    return null;
  }
  const graphs = traced as unknown as TracedLayerConfig;
  const shared = graphs.weights.filter((weight) => weight.shared === true && weight.trainable);
  if (shared.length > 0)
    findings.note(
      layer,
      argument,
      `${layer}: takes ${shared.map(({ name }) => name).join(", ")} of another layer; the check starts both alike and trains each by itself`,
    );
  const [given, asked] = [graphs.training, graphs.evaluation ?? graphs.training].map(({ shapes }) =>
    JSON.stringify(shapes),
  );
  if (given !== asked) {
    const rule = `is ${kind}, and it gives ${asked} in evaluation where it gives ${given} in training, so that Keras cannot evaluate the model; bring the inputs to one size before fit`;
    findings.refuse(layer, argument, rule);
    return null;
  }
  const rules = graphs.weights.flatMap(({ constraint }) =>
    constraint?.class_name === "Traced" ? [constraint.config as TracedGraph] : [],
  );
  const unknown = [graphs.training, graphs.evaluation ?? graphs.training, ...rules].flatMap(
    unknownOperations,
  );
  const names = [...new Set(unknown)].join(", ");
  const { evaluation } = graphs;
  if (unknown.length > 0 && graphs.weights.length === 0 && evaluation && handsOn(evaluation)) {
    findings.note(
      layer,
      argument,
      `${layer}: is left out in training, as it is in evaluation, since it changes what it is given by ${names}, which has no counterpart`,
    );
    return tracedLayer(config, { ...graphs, training: evaluation, has_penalty: false });
  }
  if (unknown.length > 0) {
    findings.refuse(layer, argument, `is ${kind} with ${names}, which has no counterpart; write it without`);
    return null;
  }
  return tracedLayer(config, graphs);
}

function tracedLayer({ name, trainable }: JsonObject, graphs: TracedLayerConfig): TranslatedLayer {
  return {
    class_name: "TracedLayer",
    config: { name, trainable: trainable !== false, traced: asText(graphs) },
  };
}

const AS_IT_IS: ReadonlySet<string> = new Set(["Placeholder", "Identity"]);

/** Whether a layer hands on what it is given as it is, as one that changes pictures at random in training does in evaluation. */
function handsOn({ nodes }: TracedGraph): boolean {
  return nodes.every(({ op }) => AS_IT_IS.has(op));
}

/** The weights in the order of TensorFlow.js: those that are trained, and then the others. */
export function tracedWeights(traced: JsonObject, tables: readonly WeightTable[]): readonly WeightTable[] {
  const { weights = [] } = traced as unknown as TracedLayerConfig;
  const ofKind = (trainable: boolean) => tables.filter((_, at) => weights[at]?.trainable === trainable);
  return [...ofKind(true), ...ofKind(false)];
}
