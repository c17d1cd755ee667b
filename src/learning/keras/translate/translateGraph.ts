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
import { mapRefs } from "./graph/readGraph.ts";
import type { TranslatedLayer } from "./table/entry.ts";
import { type Setting, translateLayer } from "./translateLayer.ts";

/** Translates a model. Layers without a counterpart are left out, and the findings name them. */
export function translateGraph(graph: Graph, setting: Setting): TranslatedLayer {
  return graph.kind === "sequential"
    ? translateSequential(graph, setting)
    : translateFunctional(graph, setting);
}

function translateSequential(graph: Graph, setting: Setting): TranslatedLayer {
  const layers = graph.layers.flatMap((layer) => translateNested(layer, setting));
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
  const rows = graph.layers.map((layer) => {
    const isCalledFrozen = setting.isFrozen || isFrozen(layer, setting);
    const isOn = staysOn(layer, setting);
    const row = translateNested(layer, {
      ...setting,
      isFrozen: isCalledFrozen,
      isSteady: setting.isSteady || isOn,
    });
    return { layer, row: isOn ? row.map(steady) : row };
  });
  // What follows a layer takes the answer of the last one of its row.
  const lasts = new Map(rows.map(({ layer, row }) => [layer.name, nameOf(row.at(-1)) ?? layer.name]));
  const current = mapRefs(graph, (ref) => ({ ...ref, layer: lasts.get(ref.layer) ?? ref.layer }));
  const layers = rows.flatMap(({ row }, place) => {
    const { calls } = current.layers[place] as GraphLayer;
    const nodes = calls.map((call) => nodeOf(call, current.layers[place] as GraphLayer, setting));
    return row.map((translated, at) => ({
      ...translated,
      name: nameOf(translated),
      inbound_nodes: at === 0 ? nodes : calls.map((_, call) => [[nameOf(row[at - 1]), call, 0, {}]]),
    }));
  });
  return {
    class_name: "Model",
    config: {
      name: graph.name,
      layers,
      input_layers: current.inputs.map(asList),
      output_layers: current.outputs.map(asList),
    } as JsonObject,
  };
}

function nameOf(layer: TranslatedLayer | undefined): string | undefined {
  return layer?.config.name as string | undefined;
}

/** Translates a layer, to one or several in a row, or a nested model. */
function translateNested(layer: GraphLayer, setting: Setting): readonly TranslatedLayer[] {
  if (layer.model === null) return translateLayer(layer, setting);
  const weightsOf = (inner: string) => setting.weightsOf(`${layer.name}/${inner}`);
  const { class_name, config } = translateGraph(layer.model, { ...setting, weightsOf });
  return [{ class_name, config: { ...config, name: layer.name } }];
}

/**
 * Whether every call of the layer asks for evaluation, as `base(x, training=False)` does. Keras 3 keeps to that in a class
 * of the program's own alone: in a functional model `fit` passes `training=True` to every layer.
 */
function isFrozen({ calls, always }: GraphLayer, { generation }: Setting): boolean {
  if (always !== null) return always === "evaluation";
  return generation < 3 && calls.length > 0 && calls.every((call) => trainingOf(call) === false);
}

const NORMALISES_BATCHES = /^(?:Sync)?BatchNormalization(?:V[12])?$/;

/** Layers whose noise is kept on where every call says `training=True`, as Keras before 3 takes it. */
const STEADY_NOISE = /^(Dropout|SpatialDropout[123]D|GaussianNoise)$/;

/**
 * Whether a layer computes as in training whatever the model does. In a class of the program's own, dropout that is always
 * on may be meant, as where the spread of several answers is asked for.
 */
function staysOn({ calls, className, always }: GraphLayer, { generation }: Setting): boolean {
  if (always !== null) return always === "training" && !STEADY_NOISE.test(className);
  const isOn = calls.length > 0 && calls.every((call) => trainingOf(call) === true);
  return generation < 3 && isOn && (STEADY_NOISE.test(className) || NORMALISES_BATCHES.test(className));
}

function steady({ class_name: kind, config }: TranslatedLayer): TranslatedLayer {
  const isNoise = kind === "Dropout" || kind === "GaussianNoise";
  return isNoise ? { class_name: "KerasSteadyNoise", config } : { class_name: kind, config };
}

function trainingOf({ named }: Call): unknown {
  return constantOf(named.training);
}

function constantOf(argument: CallArgument | undefined): unknown {
  return argument && "constant" in argument ? argument.constant : undefined;
}

/** Whether an argument is None, or a list of such, as of masks that no input has. */
function saysNothing(argument: CallArgument): boolean {
  return "list" in argument ? argument.list.every(saysNothing) : constantOf(argument) === null;
}

/** The layers that take the states to begin with as further inputs. */
const RECURRENT = /^(?:SimpleRNN|LSTM|GRU|KerasGRU|RNN|ConvLSTM2D|CuDNN.*|Bidirectional)$/;
/** The cells, which a program that goes from step to step by itself calls with the states of the last one. */
const CELL = /^(?:SimpleRNN|LSTM|GRU|StackedRNN)Cells?$/;

/** Translates the inputs of a call. */
function nodeOf(call: Call, layer: GraphLayer, setting: Setting): readonly unknown[] {
  const { training: _training, name: _name, ...rest } = call.named;
  if (layer.traced !== null) {
    const tensors = [...call.positional, ...Object.values(call.named)].flatMap(tensorsOf);
    // TensorFlow.js frees a tensor too early that a layer takes twice; the trace takes each of them once.
    const once = new Map(tensors.map((ref) => [asList(ref).join("/"), ref]));
    return [...once.values()].map((ref) => [...asList(ref), {}]);
  }
  if (!staysOn(layer, setting)) checkTraining(call, layer, setting);
  const { findings } = setting;
  const { states, others } = statesOf(layer.className, rest);
  for (const [name, argument] of Object.entries(others)) {
    if (saysNothing(argument)) continue;
    const rule = "has no counterpart; call the layer with its inputs alone";
    findings.refuse(layer.name, `call argument ${name}`, rule);
  }
  const inputs = [...call.positional, ...(states ? [states] : [])].flatMap(tensorsOf);
  return inputs.map((ref) => [...asList(ref), {}]);
}

/** Parts the states that a layer is called with from its other arguments. */
function statesOf(className: string, named: Call["named"]) {
  const argument = CELL.test(className) ? "states" : RECURRENT.test(className) ? "initial_state" : null;
  if (argument === null) return { states: undefined, others: named };
  const { [argument]: states, ...others } = named;
  return { states, others };
}

function checkTraining(call: Call, { name }: GraphLayer, { findings, generation }: Setting): void {
  const training = trainingOf(call);
  if (typeof training !== "boolean") return;
  if (generation === 3)
    findings.note(
      name,
      "call argument training",
      `${name}: the call says training=${training ? "True" : "False"}, which Keras 3 overrides in fit and evaluate; so the layer trains and is evaluated as any other`,
    );
  else if (training)
    findings.refuse(
      name,
      "call argument training",
      "is True, which has no counterpart: leave it out, so that the layer follows training and evaluation",
    );
}

function asList({ layer, node, tensor }: TensorRef): readonly [string, number, number] {
  return [layer, node, tensor];
}
