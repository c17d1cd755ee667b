// Records each call of a layer while a model runs, in order: its inputs and its outputs. A symbolic model would need
// one node for each output; here a layer may be applied twice, and models may be nested.

import { dispose, keep, type Tensor, tidy } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { type Layer, placedLayers } from "../subject/layerTree.ts";
import type { Forward } from "./forward.ts";

/** One call of a layer. */
export interface Call {
  readonly layer: Layer;
  /** See {@link placedLayers}. */
  readonly path: string;
  /** Which earlier call each input came from; -1 for the model's own input. */
  readonly from: readonly number[];
}

/** A model's outputs on some examples, and copies of what some calls answered. The caller disposes all. */
export interface Observation {
  /** One for each output of the model. */
  readonly predictions: readonly Tensor[];
  /**
   * The outputs of each requested call, in the order of the request. A model with a fixed batch size gives several
   * tensors for a call, one for each batch; the last batch may have extra rows, which repeat the first examples.
   */
  readonly answers: readonly (readonly Tensor[])[];
}

/** The calls of one forward pass, in order. */
export interface TracedCalls {
  readonly calls: readonly Call[];
  /** The call that made each output of the model; -1 if no layer made it. */
  readonly outputs: readonly number[];
}

/** Runs a model and records the calls of its layers. It does not change the model and keeps no tensor. */
export function traceCalls(model: LayersModel, forward: Forward, inputs: () => Tensor[]): TracedCalls {
  const calls: Call[] = [];
  let outputs: readonly number[] = [];
  const makers = new Map<number | object, number>();
  const makerOf = ({ id, dataId }: Tensor) => makers.get(id) ?? makers.get(dataId) ?? -1;
  tidy(() => {
    const predicted = watching(
      model,
      (layer, path, given, answered) => {
        // A layer that passes its input on unchanged returns another tensor object with the same data.
        const from = given.map(makerOf);
        calls.push({ layer, path, from });
        for (const { id, dataId } of answered) {
          makers.set(id, calls.length - 1);
          makers.set(dataId, calls.length - 1);
        }
      },
      () => forward(inputs(), false),
    );
    outputs = predicted.map(makerOf);
  });
  return { calls, outputs };
}

/** Runs a model in evaluation mode and keeps the outputs of some of its calls. */
export function observeCalls(
  model: LayersModel,
  forward: Forward,
  inputs: () => Tensor[],
  { wanted, calls }: Wanted,
): Observation {
  const kept = wanted.map((): Tensor[] => []);
  let place = 0;
  try {
    const predictions = tidy(() => [
      ...watching(
        model,
        (_layer, _path, _given, [answer]) => {
          const index = wanted.indexOf(place++ % calls);
          // The output is cloned because the model frees its own tensors.
          if (index >= 0 && answer) kept[index]?.push(keep(answer.clone()));
        },
        () => forward(inputs(), false),
      ),
    ]);
    return { predictions, answers: kept };
  } catch (error) {
    dispose(kept);
    throw error;
  }
}

/** Which calls to keep. */
export interface Wanted {
  /** Indices into the list that {@link traceCalls} returns, without repeats. */
  readonly wanted: readonly number[];
  /** Number of calls in one forward pass. */
  readonly calls: number;
}

type Listener = (layer: Layer, path: string, given: readonly Tensor[], answered: readonly Tensor[]) => void;

/** Runs `work`, which must be synchronous, and tells `listener` of each call of a layer meanwhile. */
export function watching<Result>(model: LayersModel, listener: Listener, work: () => Result): Result {
  const restore = placedLayers(model).map(({ layer, path }) => {
    const own = Object.getOwnPropertyDescriptor(layer, "call");
    const call = layer.call.bind(layer);
    layer.call = (inputs, kwargs) => {
      const answered = call(inputs, kwargs);
      listener(layer, path, [inputs].flat(), [answered].flat());
      return answered;
    };
    return () => {
      if (own) Object.defineProperty(layer, "call", own);
      else Reflect.deleteProperty(layer, "call");
    };
  });
  try {
    return work();
  } finally {
    for (const one of restore) one();
  }
}
