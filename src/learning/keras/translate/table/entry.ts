// An entry of the table of Keras's layers, from which layers are translated and the documentation is generated.

import type { JsonObject } from "../../../../foundation/savedModel/modelJson.ts";
import type { Argument, Place } from "../arguments/argument.ts";
import type { WeightTable } from "../capturedProgram.ts";

/** A layer in the form that TensorFlow.js loads. */
export interface TranslatedLayer {
  readonly class_name: string;
  readonly config: JsonObject;
}

/** What a rule for a whole layer may look at. */
export interface LayerContext extends Omit<Place, "argument"> {
  /** The arguments as Keras has them. */
  readonly keras: JsonObject;
  /** Whether a model calls the layer with `training=False`, so that it computes as in evaluation. */
  readonly isFrozen: boolean;
  /** Whether a model always calls the layer with `training=True`. @defaultValue false */
  readonly isSteady?: boolean;
  /** The captured weights of the layer, in Keras's order; empty where none were captured. */
  readonly weights: readonly WeightTable[];
}

/** How a layer of Keras is translated. */
export interface LayerEntry {
  /** Keras's names of the class; the first is today's. */
  readonly names: readonly string[];
  /** The class in TensorFlow.js, or one of learnproof's own. */
  readonly to: string;
  readonly arguments: Readonly<Record<string, Argument>>;
  /**
   * Changes that depend on several arguments.
   *
   * @returns the layer, or several in a row of which one keeps the name and so the weights.
   */
  finish?(layer: TranslatedLayer, context: LayerContext): TranslatedLayer | readonly TranslatedLayer[];
  /** Reorders or changes the weights from Keras's order to that of the class in TensorFlow.js. */
  weights?(tables: readonly WeightTable[], keras: JsonObject): readonly WeightTable[];
  /** What differs and is kept all the same, for the documentation. */
  readonly difference?: string;
}

/** Names the entries of a group of layers. */
export interface LayerGroup {
  readonly title: string;
  readonly entries: readonly LayerEntry[];
}
