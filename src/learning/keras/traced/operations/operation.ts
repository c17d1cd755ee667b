import { type DataType, type Tensor, tensor } from "@tensorflow/tfjs-core";
import type { TracedConstant } from "../tracedGraph.ts";

/** What an operation may read beside its inputs. */
export interface Attributes {
  readonly [name: string]: unknown;
}

/** Computes an operation of TensorFlow as TensorFlow does. An operation of several outputs gives all of them. */
export type Operation = (inputs: readonly Tensor[], attributes: Attributes) => Tensor | readonly Tensor[];

/** Operations by their names in TensorFlow. */
export type Operations = Readonly<Record<string, Operation>>;

/** Makes an operation of a function of one tensor. */
export function unary(compute: (x: Tensor) => Tensor): Operation {
  return ([x]) => compute(x as Tensor);
}

/** Makes an operation of a function of two tensors. */
export function binary(compute: (a: Tensor, b: Tensor) => Tensor): Operation {
  return ([a, b]) => compute(a as Tensor, b as Tensor);
}

/** TensorFlow.js's name of a type of TensorFlow: whole numbers of any size are int32, real ones float32. */
export function dtypeOf(name: unknown): DataType {
  if (name === "bool") return "bool";
  return /^u?int\d+$/.test(String(name)) ? "int32" : "float32";
}

/** Reads the whole numbers of a tensor, such as a shape or axes. */
export function numbersOf(of: Tensor): number[] {
  return [...of.dataSync()];
}

/** Makes the tensor of a constant. */
export function constantTensor({ shape, values, dtype }: TracedConstant): Tensor {
  const numbers = values.map((value) => (typeof value === "number" ? value : WORDS[value]));
  return tensor(numbers as number[], [...shape], dtypeOf(dtype));
}

const WORDS: Readonly<Record<string, number>> = {
  inf: Number.POSITIVE_INFINITY,
  "-inf": Number.NEGATIVE_INFINITY,
  nan: Number.NaN,
};
