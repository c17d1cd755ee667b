// TensorFlow.js draws all its random numbers from Math.random, or from a generator that it seeds with Math.random, and so
// does most code of a model's author. While a layer computes, which it does without a pause, Math.random is therefore a
// stream of the run's; nothing else can run in between, so that no other run and no other code ever sees the stream.

import { dispose, type Tensor } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { type SeedStream, seedStream } from "../../foundation/random/seedStream.ts";
import { allLayers, type Layer, partsOf } from "./layerTree.ts";

/**
 * Runs `work` while `Math.random` draws from `stream`; where it is asynchronous, up to its first pause. Calls may be
 * nested.
 *
 * @param stream is asked for when the first number is drawn.
 */
export function drawingFrom<Result>(stream: () => SeedStream, work: () => Result): Result {
  const former = Math.random;
  let drawn: SeedStream | undefined;
  Math.random = () => {
    drawn ??= stream();
    return drawn.uniform();
  };
  try {
    return work();
  } finally {
    Math.random = former;
  }
}

/**
 * Makes every layer of a model, and every part of a layer, draw from streams of its own: in training mode from
 * `random/<place of the layer>`, a new number at every draw; in evaluation mode from
 * `random/<place of the layer>/evaluation`, which begins anew at every call, so that looking at a model changes nothing.
 */
export function seedRandomness(model: LayersModel, seed: number): void {
  allLayers(model).forEach((layer, place) => {
    const name = `random/${place}`;
    let training: SeedStream | undefined;
    const call = layer.call.bind(layer);
    layer.call = (inputs, kwargs) => {
      forgetMasks(layer);
      // A part that is not told the mode draws as the layer that it belongs to.
      if (kwargs?.training === undefined && isDrawing) return call(inputs, kwargs);
      const stream = kwargs?.training
        ? () => {
            training ??= seedStream(seed, name);
            return training;
          }
        : () => seedStream(seed, `${name}/evaluation`);
      const outer = isDrawing;
      isDrawing = true;
      try {
        return drawingFrom(stream, () => call(inputs, kwargs));
      } finally {
        isDrawing = outer;
      }
    };
  });
}

/** Whether a seeded layer is computing. */
let isDrawing = false;

interface Masked {
  dropoutMask?: Tensor | Tensor[] | null;
  recurrentDropoutMask?: Tensor | Tensor[] | null;
}

/**
 * Drops the dropout masks that the cells of a recurrent layer keep from call to call: stacked cells would otherwise use
 * the first batch's mask, or that of evaluation mode, for ever.
 */
function forgetMasks(layer: Layer): void {
  if (!("cell" in layer)) return;
  for (const cell of partsOf(layer)) for (const part of [cell, ...partsOf(cell)]) disposeMasks(part);
}

/** Frees what a cell keeps beside its weights. */
export function disposeMasks(cell: Layer): void {
  const masked = cell as Masked;
  for (const name of ["dropoutMask", "recurrentDropoutMask"] as const) {
    const mask = masked[name];
    if (mask === undefined || mask === null) continue;
    dispose(mask);
    masked[name] = null;
  }
}
