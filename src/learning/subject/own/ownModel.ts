// Checks the model that a project's buildModel returns before anything else reads it.

import { engine, getBackend, setBackend, type Variable } from "@tensorflow/tfjs-core";
import type { LayersModel, layers } from "@tensorflow/tfjs-layers";
import { ask, blame, type Callback, wrongAnswer } from "./blame.ts";
import { isPromise, type Soon } from "./later.ts";

/** Models that were returned before. Each run trains and disposes its model, so the same one cannot be used twice. */
const given = new WeakSet<object>();

/**
 * Calls a project's function to build a model. If it fails, the weights that it created so far are disposed.
 *
 * @throws {InputError} if the function throws, and if the result is not a new model on the running engine.
 */
export function buildOwnModel(callback: Callback, build: () => Soon<LayersModel>): Soon<LayersModel> {
  const before = new Set(Object.values(engine().registeredVariables));
  const backend = getBackend();
  const failed = (error: unknown): never => {
    disposeAllBut(before);
    throw blame(callback, error);
  };
  const accept = (answer: unknown): Soon<LayersModel> => {
    if (getBackend() !== backend)
      return setBackend(backend).then(() => failed(changedEngine(callback, backend)));
    refuseNoModel(callback, answer);
    refuseUsed(callback, answer);
    given.add(answer);
    return answer;
  };
  try {
    const answer = build();
    return isPromise(answer) ? answer.then(accept).catch(failed) : accept(answer);
  } catch (error) {
    return failed(error);
  }
}

function changedEngine(callback: Callback, backend: string): Error {
  return wrongAnswer(
    callback,
    `must leave the engine as it was, ${backend}; remove setBackend, and choose an engine by --engine`,
    "another backend",
  );
}

function disposeAllBut(kept: ReadonlySet<Variable>): void {
  for (const variable of Object.values(engine().registeredVariables))
    if (!kept.has(variable)) variable.dispose();
}

function refuseNoModel(callback: Callback, answer: unknown): asserts answer is LayersModel {
  const { layers, getWeights } = (answer ?? {}) as Partial<LayersModel>;
  if (!Array.isArray(layers) || typeof getWeights !== "function")
    throw wrongAnswer(
      callback,
      "must return a model of TensorFlow.js; return what sequential() or model() gives",
      answer,
    );
  const { inputs, outputs } = answer as Partial<LayersModel>;
  if (layers.length === 0 || !inputs?.length || !outputs?.length)
    throw wrongAnswer(
      callback,
      "must return a model that knows the shape of its input; give the first layer an inputShape",
      layers.length === 0 ? "a model without layers" : "a model without an input shape",
    );
  if (layers.some((layer) => layer.weights.length > 0)) return;
  throw wrongAnswer(
    callback,
    "must return a model with weights, since training moves nothing else; add a layer that has some",
    "a model without weights",
  );
}

function refuseUsed(callback: Callback, model: LayersModel): void {
  const isAgain = given.has(model);
  if (!isAgain && !model.layers.some(isDisposed)) return;
  throw wrongAnswer(
    callback,
    "must build the model and its layers anew at each call, since each run trains and disposes its own; create all of them inside the function",
    isAgain ? "the same model again" : "layers whose weights are disposed",
  );
}

function isDisposed(layer: layers.Layer): boolean {
  try {
    for (const weight of layer.weights) weight.read();
    return false;
  } catch {
    return true;
  }
}

/** Reports an error that a layer throws while it runs as the model's fault, with the layer's name. */
export function blameLayers(subject: string, model: LayersModel): void {
  for (const layer of model.layers) {
    const call = layer.call.bind(layer);
    const callback = { subject, name: `layer ${layer.name} (${layer.getClassName()})` };
    layer.call = (inputs, options) => ask(callback, () => call(inputs, options));
  }
}
