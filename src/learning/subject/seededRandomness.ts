// TensorFlow.js draws all its random numbers from Math.random, or from a generator that it seeds with Math.random, and
// most code in models does the same. A layer computes synchronously, so no other code runs meanwhile. Therefore
// Math.random is replaced by a stream of the run while a layer computes, and no other run or code ever sees that
// stream.

import { dispose, type Tensor } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { type SeedStream, seedStream } from "../../foundation/random/seedStream.ts";
import { allLayers, type Layer, partsOf } from "./layerTree.ts";

/**
 * Runs `work` while `Math.random` draws from `stream`. If `work` is asynchronous, this holds until its first await.
 * Calls may be nested.
 *
 * @param stream is called when the first number is drawn.
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

let evaluationDraw = 0;
let hearDraw: ((layer: Layer) => void) | undefined;

/**
 * Runs `work`, which must be synchronous, while layers that draw in evaluation mode get other random numbers than usual.
 * Two draws of the same number are alike.
 *
 * @param draw 0 for the usual numbers.
 * @param onDraw is called with a layer when it draws its first number of a call, in training mode as well.
 */
export function withEvaluationDraw<Result>(
  draw: number,
  work: () => Result,
  onDraw?: (layer: Layer) => void,
): Result {
  const former = { evaluationDraw, hearDraw };
  [evaluationDraw, hearDraw] = [draw, onDraw];
  try {
    return work();
  } finally {
    ({ evaluationDraw, hearDraw } = former);
  }
}

/**
 * Gives every layer of a model, and every part of a layer, its own random streams. In training mode a layer draws from
 * `random/<place of the layer>`, which continues from call to call. In evaluation mode it draws from `random/<place of
 * the layer>/evaluation`, which restarts at every call, so that evaluating a model changes nothing.
 */
export function seedRandomness(model: LayersModel, seed: number): void {
  allLayers(model).forEach((layer, place) => {
    const name = `random/${place}`;
    let training: SeedStream | undefined;
    const call = layer.call.bind(layer);
    layer.call = (inputs, kwargs) => {
      forgetMasks(layer);
      // A part that gets no mode draws from the stream of the layer that contains it.
      if (kwargs?.training === undefined && isDrawing) return call(inputs, kwargs);
      const stream = kwargs?.training
        ? () => {
            hearDraw?.(layer);
            training ??= seedStream(seed, name);
            return training;
          }
        : () => {
            hearDraw?.(layer);
            return seedStream(seed, `${name}/evaluation${evaluationDraw === 0 ? "" : `/${evaluationDraw}`}`);
          };
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
 * Disposes the dropout masks that the cells of a recurrent layer keep from call to call. Otherwise stacked cells would
 * use the first batch's mask, or the mask of evaluation mode, in all later batches.
 */
function forgetMasks(layer: Layer): void {
  if (!("cell" in layer)) return;
  for (const cell of partsOf(layer)) for (const part of [cell, ...partsOf(cell)]) disposeMasks(part);
}

/** Frees the dropout masks that a cell keeps. */
export function disposeMasks(cell: Layer): void {
  const masked = cell as Masked;
  for (const name of ["dropoutMask", "recurrentDropoutMask"] as const) {
    const mask = masked[name];
    if (mask === undefined || mask === null) continue;
    dispose(mask);
    masked[name] = null;
  }
}
