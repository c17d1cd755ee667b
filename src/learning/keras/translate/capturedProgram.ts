// The form in which a Keras program is captured. The Python capture and the readers of saved files write it.

import type { ScriptLine } from "../../subject/asked/question.ts";
import type { NumberTable } from "../../subject/nestedNumbers.ts";

/** An object as Keras writes it: a class and the arguments of its constructor. */
export interface KerasObject {
  readonly class_name: string;
  readonly config: unknown;
}

/** An input or an output of a captured model. */
export interface CapturedEnd {
  /** With the axis of the examples first; null where a side is open. */
  readonly shape: readonly (number | null)[];
}

/** The arguments of Keras's `compile`. */
export interface CapturedCompile {
  readonly optimizer?: KerasObject | string | null;
  /** One loss, or one for each output, as a list or by the output's name. */
  readonly loss?: unknown;
  /** The weight of each output's loss, as a list or by the output's name. */
  readonly loss_weights?: unknown;
  readonly metrics?: unknown;
}

/** Layers that are set to be frozen once the model was trained, and the line that trains it on as it was compiled. */
export interface FrozenBehind {
  readonly layers: readonly string[];
  readonly place: ScriptLine | null;
}

/** The arguments of Keras's `fit`. */
export interface CapturedFit {
  /** What the script calls to train. @defaultValue fit */
  readonly call?: string | null;
  readonly batch_size?: number | null;
  readonly epochs?: number | null;
  readonly shuffle?: boolean | string | null;
  /** Whether a seed makes every epoch repeat the random order of the first. @defaultValue false */
  readonly repeatsOrder?: boolean | null;
  readonly steps_per_epoch?: number | null;
  readonly validation_split?: number | null;
  readonly class_weight?: unknown;
  readonly callbacks?: readonly KerasObject[] | null;
  /** Whether a loop of the program's own calls the model as in training. @defaultValue true */
  readonly training?: boolean | null;
  /** Whether a `train_step` of the program's own moves no weight once TensorFlow has traced it. @defaultValue false */
  readonly idleInGraph?: boolean | null;
  /** Whether a loop of the program's own computes gradients and never applies them. @defaultValue false */
  readonly neverApplied?: boolean | null;
  /** Whether later calls of fit get targets that are made of the network's own answers. @defaultValue false */
  readonly movesTargets?: boolean | null;
  /** How many rows an epoch has, those held out included. */
  readonly examples?: number | null;
  /** Whether fit is given whole tables, which it shuffles itself; a dataset, generator or loop has an order of its own. @defaultValue true */
  readonly isTable?: boolean | null;
  /**
   * After how many batches the data of fit is used up, where fit asks for more: `epochs` are then those that get any.
   *
   * @defaultValue it is never used up
   */
  readonly runsDryAfter?: number | null;
  /** Layers that the program froze behind this training, and trains on without compiling anew. @defaultValue none */
  readonly frozenBehind?: FrozenBehind | null;
  /** How often fit is called, where `epochs` are those of all calls. @defaultValue 1 */
  readonly calls?: number | null;
  /** Whether one line makes all of these calls. @defaultValue true */
  readonly isOneLine?: boolean | null;
}

/** The numbers of a weight; a scalar has an empty shape. */
export type WeightTable = NumberTable;

/** The parts of a captured program that are translated. */
export interface KerasProgram {
  /** @defaultValue what the form of the model's config shows */
  readonly framework?: { readonly name?: string; readonly version?: string; readonly backend?: string };
  /** The model as Keras's `to_json` or `get_config` gives it. */
  readonly model: KerasObject & { readonly outputs?: readonly CapturedEnd[] };
  readonly compile?: CapturedCompile | null;
  readonly fit?: CapturedFit | null;
  /**
   * The weights by `<layer name>/<index>`, in the order of Keras's `layer.get_weights()`. A layer of a nested model is
   * named `<model's name>/<layer name>`, or its weights stand among those of the nested model, in Keras's order.
   *
   * @defaultValue none: the weights are drawn
   */
  readonly weights?: Readonly<Record<string, WeightTable>> | null;
}

/** The version of Keras's config: 1 of 2015 to 2017, 2 with TensorFlow 1 and 2, 3 since 2023. */
export type Generation = 1 | 2 | 3;
