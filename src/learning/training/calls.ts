// What the layers of a model are given and answer while it runs: for each call one record, in order. Unlike the output of a
// symbolic model it needs no node of its own, so that a layer may be applied twice, and models may stand within models.

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
  readonly predictions: Tensor;
  /**
   * For each call that was asked for, in that order, what it answered: several tensors, one behind the other, where the
   * model takes batches of one size; then the last one's rows may be more than were asked, the first ones again.
   */
  readonly answers: readonly (readonly Tensor[])[];
}

/** Runs a model and records the calls of its layers. It changes nothing, and keeps no tensor. */
export function traceCalls(model: LayersModel, forward: Forward, inputs: () => Tensor): Call[] {
  const calls: Call[] = [];
  const makers = new Map<number | object, number>();
  tidy(() => {
    watching(
      model,
      (layer, path, given, answered) => {
        // What a layer hands on as it is becomes another tensor, with the same data.
        const from = given.map(({ id, dataId }) => makers.get(id) ?? makers.get(dataId) ?? -1);
        calls.push({ layer, path, from });
        for (const { id, dataId } of answered) {
          makers.set(id, calls.length - 1);
          makers.set(dataId, calls.length - 1);
        }
      },
      () => forward(inputs(), false),
    );
  });
  return calls;
}

/** Runs a model in evaluation mode and keeps what some of its calls answer. */
export function observeCalls(
  model: LayersModel,
  forward: Forward,
  inputs: () => Tensor,
  { wanted, calls }: Wanted,
): Observation {
  const kept = wanted.map((): Tensor[] => []);
  let place = 0;
  try {
    const predictions = tidy(() =>
      watching(
        model,
        (_layer, _path, _given, [answer]) => {
          const index = wanted.indexOf(place++ % calls);
          // A copy: the model frees what it no longer needs.
          if (index >= 0 && answer) kept[index]?.push(keep(answer.clone()));
        },
        () => forward(inputs(), false),
      ),
    );
    return { predictions, answers: kept };
  } catch (error) {
    dispose(kept);
    throw error;
  }
}

/** Which calls to keep. */
export interface Wanted {
  /** Places in {@link traceCalls}, each once. */
  readonly wanted: readonly number[];
  /** How many calls a pass takes. */
  readonly calls: number;
}

type Listener = (layer: Layer, path: string, given: readonly Tensor[], answered: readonly Tensor[]) => void;

/** Tells `listener` of each call of a layer while `work`, which must not be asynchronous, runs. */
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
