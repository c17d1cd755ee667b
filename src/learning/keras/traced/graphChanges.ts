// Changes of what a traced function computes, which undo a fault in how a program wrote it.

import {
  add,
  elu,
  linalg,
  mul,
  ones,
  relu,
  scalar,
  sigmoid,
  softmax,
  softplus,
  sub,
  type Tensor,
  tanh,
  transpose,
} from "@tensorflow/tfjs-core";
import type { TracedConstant } from "./tracedGraph.ts";

/** What is changed while a graph runs. */
export interface GraphChanges {
  /**
   * What is added to the numbers of which a root, a logarithm or a power below 1 is taken, whose slope at 0 is infinite.
   * @defaultValue 0
   */
  readonly underRoots?: number;
  /** Whether no step attends to a later one. @defaultValue false */
  readonly causal?: boolean;
  /** Whether a softmax over the examples of a batch becomes one over the numbers of each. @defaultValue false */
  readonly apart?: boolean;
  /** The activation that the output passes last, in place of its own. @defaultValue its own */
  readonly endsIn?: EndActivation;
}

/** The activations that an output may be given. */
const ENDS = { linear: identity, relu, elu, tanh, sigmoid, softplus, softmax } as const;
export type EndActivation = keyof typeof ENDS;

function identity(input: Tensor): Tensor {
  return input;
}

/** Applies an activation to the numbers of an output. */
export function endIn(activation: EndActivation, numbers: Tensor): Tensor {
  return ENDS[activation](numbers);
}

/** Numbers added to the scores of what is hidden. */
const HIDDEN = -1e9;

/** Returns a mask of steps that shows later ones as a mask that hides them; any other constant as it is. */
export function lookBack(value: TracedConstant): TracedConstant {
  const [rows = 0, columns = 0] = value.shape.slice(-2);
  if (rows < 2 || rows !== columns || !value.values.every((one) => one === 0 || one === 1)) return value;
  const placeOf = (at: number) => [Math.floor(at / columns) % rows, at % columns] as const;
  const showsLater = value.values.some((one, at) => one === 1 && placeOf(at)[1] > placeOf(at)[0]);
  if (!showsLater || !value.values.includes(0)) return value;
  return { ...value, values: value.values.map((_, at) => (placeOf(at)[1] <= placeOf(at)[0] ? 1 : 0)) };
}

/** Hides from each step the scores of later ones, where scores of steps for steps are given. */
export function hideLater(scores: Tensor): Tensor {
  const [rows = 0, columns = 0] = scores.shape.slice(-2);
  if (scores.rank < 3 || rows < 2 || rows !== columns) return scores;
  const seen = linalg.bandPart(ones([rows, columns]), -1, 0);
  return add(scores, mul(sub(scalar(1), seen), HIDDEN));
}

/**
 * Takes a softmax over the numbers of each example: over the last axis that has several, where the axis of the batch was
 * moved behind all others.
 *
 * @param moved the axes of the tensor in the order in which they were moved.
 */
export function softmaxOfEach(scores: Tensor, moved: readonly number[]): Tensor {
  const own = moved.map((axis, place) => ({ axis, place })).filter(({ axis }) => axis !== 0);
  const sorted = own.sort((a, b) => b.axis - a.axis);
  const { place } =
    sorted.find((one) => (scores.shape[one.place] as number) > 1) ?? (sorted[0] as { place: number });
  const last = scores.rank - 1;
  const order = scores.shape.map((_, axis) => (axis === place ? last : axis === last ? place : axis));
  return transpose(softmax(transpose(scores, order)), order);
}
