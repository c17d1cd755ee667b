// A Keras model in one form, whichever generation of Keras wrote it.

import type { JsonObject } from "../../../../foundation/savedModel/modelJson.ts";

/** One output tensor of a call of a layer. */
export interface TensorRef {
  readonly layer: string;
  /** Index of the call, as TensorFlow.js counts: the construction of a nested model is its call 0. */
  readonly node: number;
  readonly tensor: number;
}

/** An argument of a call: a tensor, a constant of JSON, or a list of such. */
export type CallArgument =
  | { readonly tensor: TensorRef }
  | { readonly list: readonly CallArgument[] }
  | { readonly constant: unknown };

/** One use of a layer in a functional model. */
export interface Call {
  readonly positional: readonly CallArgument[];
  readonly named: Readonly<Record<string, CallArgument>>;
}

/** A layer of a model. */
export interface GraphLayer {
  readonly className: string;
  readonly name: string;
  /** The Python module of the class; null where the config does not say. */
  readonly module: string | null;
  /** The precision that the layer computes in, such as `mixed_float16`; null where the config does not say. */
  readonly dtype: string | null;
  /** The arguments, with Keras 3's objects written as Keras 2 writes them. */
  readonly config: JsonObject;
  /** The operations that the layer is made of, where the capture traced it; null where it did not. */
  readonly traced: JsonObject | null;
  /** The mode that a model of the program's own always calls the layer in; null where the layer follows the model. */
  readonly always: "training" | "evaluation" | null;
  /** Empty in a Sequential model. */
  readonly calls: readonly Call[];
  /** The nested model where the layer is one. */
  readonly model: Graph | null;
}

/** A Keras model. */
export interface Graph {
  readonly kind: "sequential" | "functional";
  readonly name: string;
  readonly layers: readonly GraphLayer[];
  /** Empty in a Sequential model. */
  readonly inputs: readonly TensorRef[];
  /** Empty in a Sequential model. */
  readonly outputs: readonly TensorRef[];
  /** Shape of a batch of inputs that a Sequential model was built for; null where it is not known. */
  readonly builtFor: readonly (number | null)[] | null;
}

/** Lists the tensors of an argument, in order. */
export function tensorsOf(argument: CallArgument): TensorRef[] {
  if ("tensor" in argument) return [argument.tensor];
  return "list" in argument ? argument.list.flatMap(tensorsOf) : [];
}
