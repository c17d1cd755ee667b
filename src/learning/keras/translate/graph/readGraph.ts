import { asKeras2, isModel, isObject } from "../../../../foundation/savedModel/keras3.ts";
import type { JsonObject } from "../../../../foundation/savedModel/modelJson.ts";
import type { KerasObject } from "../capturedProgram.ts";
import type { Findings } from "../findings.ts";
import {
  type Call,
  type CallArgument,
  type Graph,
  type GraphLayer,
  type TensorRef,
  tensorsOf,
} from "./graph.ts";
import { asRef, readCalls } from "./readCalls.ts";

/**
 * Reads a model as Keras writes it.
 *
 * @returns null where it cannot be read; `findings` then says why.
 */
export function readGraph(model: KerasObject, findings: Findings): Graph | null {
  const { class_name: kind, config } = model;
  if (!isModel(model as unknown as JsonObject)) {
    findings.refuse(
      "model",
      "class",
      `${kind} must be Sequential or a functional keras.Model, because the call() of a subclass is Python code that no config holds; build the same layers with keras.Input and keras.Model(inputs, outputs)`,
    );
    return null;
  }
  // Keras 1 gives a Sequential model's config as the list of its layers.
  const fields: JsonObject = Array.isArray(config) ? { layers: config } : isObject(config) ? config : {};
  const written: readonly unknown[] = Array.isArray(fields.layers) ? fields.layers : [];
  const layers = written.flatMap((layer, place) => readLayer(layer, place, findings) ?? []);
  if (layers.length === 0) {
    findings.refuse("model", "layers", "must list at least one layer; build the model before it is captured");
    return null;
  }
  const kindOf = kind === "Sequential" ? "sequential" : "functional";
  const graph: Graph = {
    kind: kindOf,
    name: typeof fields.name === "string" ? fields.name : kindOf,
    layers,
    inputs: endsOf(fields.input_layers),
    outputs: endsOf(fields.output_layers),
    builtFor: shapeOf(fields.build_input_shape),
  };
  return kindOf === "functional" ? countedAsTensorFlowJs(graph) : graph;
}

function readLayer(layer: unknown, place: number, findings: Findings): GraphLayer | null {
  if (!isObject(layer) || typeof layer.class_name !== "string") {
    findings.refuse(
      "model",
      `layer ${place}`,
      "must have a class_name and a config; capture the model again",
    );
    return null;
  }
  const { class_name: className, config } = layer;
  const fields = isObject(config) ? config : {};
  const named = [layer.name, fields.name].find((name) => typeof name === "string");
  const model = isModel(layer) ? readGraph({ class_name: className, config }, findings) : null;
  if (isModel(layer) && model === null) return null;
  return {
    className,
    name: (named as string | undefined) ?? model?.name ?? `${className.toLowerCase()}_${place + 1}`,
    module: typeof layer.module === "string" ? layer.module : null,
    dtype: dtypeOf(fields.dtype),
    config: model ? {} : (asKeras2(fields) as JsonObject),
    traced: isObject(layer.traced) ? layer.traced : null,
    always: layer.always === "training" || layer.always === "evaluation" ? layer.always : null,
    calls: readCalls(layer.inbound_nodes),
    model,
  };
}

/** Reads a precision: a name, or Keras 3's object. */
function dtypeOf(part: unknown): string | null {
  if (typeof part === "string") return part;
  const name = isObject(part) && isObject(part.config) ? part.config.name : null;
  return typeof name === "string" ? name : null;
}

/** Reads a model's inputs or outputs: one, a list, or an object by name. */
function endsOf(part: unknown): TensorRef[] {
  const ref = asRef(part);
  if (ref) return [ref];
  if (Array.isArray(part)) return part.flatMap(endsOf);
  return isObject(part) ? Object.values(part).flatMap(endsOf) : [];
}

function shapeOf(part: unknown): readonly (number | null)[] | null {
  return Array.isArray(part) && part.every((side) => side === null || typeof side === "number") ? part : null;
}

/**
 * Keras 3 counts the calls of a nested model from 0; Keras 2 and TensorFlow.js count the model's own construction as
 * call 0, so its first call in another model is 1.
 */
function countedAsTensorFlowJs(graph: Graph): Graph {
  const models = new Set(graph.layers.filter(({ model }) => model).map(({ name }) => name));
  const argumentsOf = ({ positional, named }: Call) => [...positional, ...Object.values(named)];
  const refs = [
    ...graph.layers.flatMap(({ calls }) => calls.flatMap((call) => argumentsOf(call).flatMap(tensorsOf))),
    ...graph.outputs,
  ];
  const late = new Set(
    refs.filter(({ layer, node }) => models.has(layer) && node === 0).map(({ layer }) => layer),
  );
  const shift = (ref: TensorRef): TensorRef => (late.has(ref.layer) ? { ...ref, node: ref.node + 1 } : ref);
  return mapRefs(graph, shift);
}

/** Replaces every reference to a tensor in a model. */
export function mapRefs(graph: Graph, change: (ref: TensorRef) => TensorRef): Graph {
  const inArgument = (argument: CallArgument): CallArgument => {
    if ("tensor" in argument) return { tensor: change(argument.tensor) };
    return "list" in argument ? { list: argument.list.map(inArgument) } : argument;
  };
  return {
    ...graph,
    layers: graph.layers.map((layer) => ({
      ...layer,
      calls: layer.calls.map(({ positional, named }) => ({
        positional: positional.map(inArgument),
        named: Object.fromEntries(Object.entries(named).map(([key, value]) => [key, inArgument(value)])),
      })),
    })),
    inputs: graph.inputs.map(change),
    outputs: graph.outputs.map(change),
  };
}
