import type { LayersModel } from "@tensorflow/tfjs-layers";
import { largestOf } from "../../foundation/numbers/extremes.ts";
import type { Examples } from "../subject/examples.ts";
import { placedLayers } from "../subject/layerTree.ts";
import { inputParts } from "../subject/parts.ts";

/**
 * The most bytes that the outputs of all layers may take together: a quarter of the memory that the wasm engine can
 * address.
 */
const MOST_BYTES = 1024 ** 3;

/**
 * Computes how many examples a model may evaluate at once, so that the outputs of all its layers fit in memory
 * together: at least 1, at most `limit`. Large images must not exhaust the memory.
 *
 * @param examples of the model; a dimension that the model leaves open counts as the longest of their inputs.
 */
export function mostAtOnce(model: LayersModel, limit: number, examples?: Examples): number {
  const open = Math.max(1, largestOf(examples ? inputParts(examples).flatMap(({ shape }) => shape) : []));
  const shapes = placedLayers(model).flatMap(({ layer }) =>
    layer.inboundNodes.flatMap(({ outputShapes }) => shapesIn(outputShapes)),
  );
  const bytes = shapes.reduce((sum, shape) => sum + 4 * sizeOf(shape, open), 0);
  return Math.max(1, Math.min(limit, Math.floor(MOST_BYTES / bytes)));
}

type Shape = readonly (number | null)[];

/** Collects the shapes in a value: a node with one output holds a shape, a node with several holds a list of shapes. */
function shapesIn(value: unknown): Shape[] {
  if (!Array.isArray(value)) return [];
  const isShape = value.every((side) => side === null || typeof side === "number");
  return isShape ? [value as Shape] : value.flatMap(shapesIn);
}

/** Numbers in one example of a shape such as `[null, 32, 32, 3]`. */
function sizeOf(shape: Shape, open: number): number {
  return shape.slice(1).reduce<number>((product, side) => product * (side ?? open), 1);
}
