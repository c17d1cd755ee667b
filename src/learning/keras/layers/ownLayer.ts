// What learnproof's own layers of Keras have in common. TensorFlow.js lacks these layers, or computes them otherwise.

import { serialization, type Tensor } from "@tensorflow/tfjs-core";
import { layers } from "@tensorflow/tfjs-layers";

/** Shape of a batch; null where a side is open. */
export type Shape = readonly (number | null)[];

/** The arguments that every layer takes. */
export type LayerArguments = ConstructorParameters<typeof layers.Layer>[0];

/** What a layer gets beside its inputs. */
export interface CallOptions {
  readonly training?: boolean;
  readonly mask?: Tensor | readonly (Tensor | null)[] | null;
  /** The mask of each input, where the model computes masks. */
  readonly masks?: readonly (Tensor | null)[];
}

type Registrable = Parameters<typeof serialization.registerClass>[0];

/** Makes a layer known to TensorFlow.js by its class name, so that a topology may name it. */
export function register(layer: unknown): void {
  serialization.registerClass(layer as Registrable);
}

/** A layer of one input and one output. */
export abstract class OwnLayer extends layers.Layer {
  /** Computes the layer; every tensor but the answer may be left to the caller's tidy. */
  protected abstract compute(input: Tensor, options: CallOptions): Tensor;

  /** Returns the shape of the output, the batch included. @defaultValue the shape of the input */
  protected shapeOf(input: Shape): Shape {
    return input;
  }

  override computeOutputShape(shape: Parameters<layers.Layer["computeOutputShape"]>[0]) {
    return [...this.shapeOf(onlyShape(shape as Shape | readonly Shape[]))];
  }

  override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor {
    return this.compute(Array.isArray(inputs) ? (inputs[0] as Tensor) : inputs, options);
  }
}

function onlyShape(shape: Shape | readonly Shape[]): Shape {
  return Array.isArray(shape[0]) ? (shape[0] as Shape) : (shape as Shape);
}

/** Multiplies the sides of a shape; null where one is open. */
export function sizeOf(shape: Shape): number | null {
  return shape.reduce<number | null>(
    (size, side) => (size === null || side === null ? null : size * side),
    1,
  );
}
