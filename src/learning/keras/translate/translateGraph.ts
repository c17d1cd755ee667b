// Translates a whole model, layer by layer, to the topology that TensorFlow.js loads.

import type { JsonObject } from "../../../foundation/savedModel/modelJson.ts";
import type { Findings } from "./findings.ts";
import {
  type Call,
  type CallArgument,
  type Graph,
  type GraphLayer,
  type TensorRef,
  tensorsOf,
} from "./graph/graph.ts";
import type { TranslatedLayer } from "./table/entry.ts";
import { type Setting, translateLayer } from "./translateLayer.ts";

/** Translates a model. Layers without a counterpart are left out, and the findings name them. */
export function translateGraph(graph: Graph, setting: Setting): TranslatedLayer {
  return graph.kind === "sequential"
    ? translateSequential(graph, setting)
    : translateFunctional(graph, setting);
}

function translateSequential(graph: Graph, setting: Setting): TranslatedLayer {
  const layers = graph.layers.flatMap((layer) => translateNested(layer, setting) ?? []);
  return {
    class_name: "Sequential",
    config: { name: graph.name, layers: withInput(graph, layers, setting.findings) },
  };
}

/** Gives the first layer the shape of the input, where only the whole model knows it. */
function withInput(
  { layers: written, builtFor }: Graph,
  layers: readonly TranslatedLayer[],
  findings: Findings,
): readonly TranslatedLayer[] {
  const [first, ...others] = layers;
  if (first === undefined || first.class_name === "Sequential" || first.class_name === "Model") return layers;
  if (first.config.batch_input_shape !== undefined) return layers;
  if (builtFor !== null)
    return [{ ...first, config: { ...first.config, batch_input_shape: builtFor } }, ...others];
  findings.refuse(
    written[0]?.name ?? "model",
    "input_shape",
    "must be given, so that the model can be built; put keras.Input(shape=…) before the first layer",
  );
  return layers;
}

function translateFunctional(graph: Graph, setting: Setting): TranslatedLayer {
  const layers = graph.layers.flatMap((layer) => {
    const translated = translateNested(layer, { ...setting, isFrozen: setting.isFrozen || isFrozen(layer) });
    if (translated === null) return [];
    const nodes = layer.calls.map((call) => nodeOf(call, layer, setting.findings));
    return [{ ...translated, name: layer.name, inbound_nodes: nodes }];
  });
  return {
    class_name: "Model",
    config: {
      name: graph.name,
      layers,
      input_layers: graph.inputs.map(asList),
      output_layers: graph.outputs.map(asList),
    } as JsonObject,
  };
}

/** Translates a layer or a nested model. */
function translateNested(layer: GraphLayer, setting: Setting): TranslatedLayer | null {
  if (layer.model === null) return translateLayer(layer, setting);
  const { class_name, config } = translateGraph(layer.model, setting);
  return { class_name, config: { ...config, name: layer.name } };
}

/** Whether every call of the layer asks for evaluation, as `base(x, training=False)` does. */
function isFrozen({ calls }: GraphLayer): boolean {
  return calls.length > 0 && calls.every(({ named }) => constantOf(named.training) === false);
}

function constantOf(argument: CallArgument | undefined): unknown {
  return argument && "constant" in argument ? argument.constant : undefined;
}

/** Arguments of a call that change nothing, whatever their values are. */
const UNUSED_ARGUMENTS: readonly string[] = ["name", "training"];

function nodeOf({ positional, named }: Call, layer: GraphLayer, findings: Findings): readonly unknown[] {
  for (const [name, argument] of Object.entries(named)) {
    if (UNUSED_ARGUMENTS.includes(name) || constantOf(argument) === null) continue;
    findings.refuse(
      layer.name,
      `call argument ${name}`,
      "has no counterpart; call the layer with its inputs alone",
    );
  }
  if (constantOf(named.training) === true)
    findings.refuse(
      layer.name,
      "call argument training",
      "is True, which has no counterpart: leave it out, so that the layer follows training and evaluation",
    );
  return positional.flatMap(tensorsOf).map((ref) => [...asList(ref), {}]);
}

function asList({ layer, node, tensor }: TensorRef): readonly [string, number, number] {
  return [layer, node, tensor];
}
