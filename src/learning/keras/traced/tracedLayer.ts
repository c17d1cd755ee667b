// A layer of the program's own, computed by the operations of TensorFlow that the capture found it to be made of.

import {
  add,
  dispose,
  engine,
  keep,
  mul,
  ones,
  reshape,
  type Scalar,
  scalar,
  type Tensor,
} from "@tensorflow/tfjs-core";
import { initializers, layers } from "@tensorflow/tfjs-layers";
import { type CallOptions, type LayerArguments, register } from "../layers/ownLayer.ts";
import type { GraphChanges } from "./graphChanges.ts";
import { lastActivation } from "./lastActivation.ts";
import { runGraph } from "./runGraph.ts";
import { tracedConstraint } from "./tracedConstraint.ts";
import type { TracedLayerConfig } from "./tracedGraph.ts";
import { fromText } from "./tracedText.ts";

type Shapes = Parameters<layers.Layer["build"]>[0];
type Sides = readonly (number | null)[];
type Weight = ReturnType<layers.Layer["addWeight"]>;

class TracedLayer extends layers.Layer {
  static readonly className = "TracedLayer";
  readonly #written: string;
  readonly #traced: TracedLayerConfig;
  /** In the order of the capture, which TensorFlow.js does not keep. */
  #variables: Weight[] = [];
  readonly #penaltyFactor: number;
  readonly #changes: GraphChanges;
  /** Whether weights are trained that Keras does not know of, or that the layer declares as not trainable. */
  readonly #trainsAll: boolean;
  #penalties: Tensor[] = [];

  constructor(
    args: LayerArguments & {
      readonly traced: string;
      readonly penalty?: number;
      readonly trainsAll?: boolean;
    } & GraphChanges,
  ) {
    super(args);
    this.#penaltyFactor = args.penalty ?? 1;
    this.#trainsAll = args.trainsAll ?? false;
    const { underRoots = 0, causal = false, apart = false, endsIn } = args;
    this.#changes = {
      ...(underRoots > 0 && { underRoots }),
      ...(causal && { causal }),
      ...(apart && { apart }),
      ...(endsIn && { endsIn }),
    };
    this.#written = args.traced;
    this.#traced = fromText(args.traced);
    // TensorFlow.js refuses a mask that Keras drops; computeMask drops it.
    this.supportsMasking = true;
    if (this.#traced.has_penalty) this.addLoss(() => this.#penalty());
  }

  /** Whether training takes statistics of the batch, and keeps averages of them, and draws nothing at random. */
  get keepsStatistics(): boolean {
    const { updates, nodes } = this.#traced.training;
    return (
      updates.length > 0 &&
      this.#traced.evaluation !== undefined &&
      !nodes.some(({ op }) => /Random/.test(op))
    );
  }

  override build(shape: Shapes): void {
    const { masked = [], training } = this.#traced;
    const own = training.inputs.slice(0, training.inputs.length - masked.length);
    const [expected, got] = [own.map((input) => input.shape), eachOf(shape)];
    if (!expected.every((sides, at) => agree(sides, got[at] ?? [])))
      throw new Error(`${this.name} was captured for inputs of other shapes: ${JSON.stringify(expected)}`);
    // A weight that a layer assigns, such as a moving average, is no weight to train.
    const assigned = new Set(this.#traced.training.updates.map(({ variable }) => variable));
    this.#variables = this.#traced.weights.map(
      ({ name, shape: sides, trainable, untracked = false, constraint }, at) =>
        this.addWeight(
          `${at}_${name}`,
          [...sides],
          "float32",
          initializerOf(sides),
          undefined,
          trainable || (this.#trainsAll && (untracked || !assigned.has(at))),
          constraint && tracedConstraint(constraint),
        ),
    );
    super.build(shape);
  }

  override computeOutputShape() {
    const shapes = this.#shapes().map((shape) => [null, ...(shape ?? []).slice(1)]);
    return (shapes.length === 1 ? shapes[0] : shapes) as (number | null)[];
  }

  #shapes() {
    const { shapes } = this.#traced.training;
    return this.#traced.has_penalty ? shapes.slice(0, -1) : shapes;
  }

  override computeMask(inputs: Tensor | Tensor[], mask?: Tensor | Tensor[]): Tensor | Tensor[] {
    const { length: outputs } = this.#shapes();
    // TensorFlow.js asks for a mask for each output, where null stands for none.
    const masks: unknown = outputs === 1 ? null : Array.from({ length: outputs }, () => null);
    const { mask: makes } = this.#traced;
    if (makes) {
      const weights = this.#variables.map((variable) => variable.read());
      return runGraph(makes, this.#asTraced([inputs].flat()), weights).outputs[0] as Tensor;
    }
    // Keras hands the mask of the first input on.
    const first = [mask].flat()[0];
    return this.#traced.passes_mask && outputs === 1 && first ? first : (masks as Tensor);
  }

  override call(inputs: Tensor | Tensor[], { training, masks = [] }: CallOptions): Tensor | Tensor[] {
    const { training: ofTraining, evaluation, has_penalty: hasPenalty } = this.#traced;
    const graph = training ? ofTraining : (evaluation ?? ofTraining);
    const weights = this.#variables.map((variable) => variable.read());
    const { outputs, updates } = runGraph(
      graph,
      this.#withMasks(this.#asTraced([inputs].flat()), masks),
      weights,
      this.#changes,
    );
    if (training)
      for (const [at, value] of updates.entries())
        this.#variables[graph.updates[at]?.variable ?? -1]?.write(value);
    const answers = hasPenalty ? outputs.slice(0, -1) : outputs;
    // Only a pass backward needs the penalty. A model frees the answers of its layers as soon as it has run.
    if (hasPenalty && training && engine().state.gradientDepth > 0)
      this.#penalties.push(keep(outputs.at(-1) as Tensor));
    return answers.length === 1 ? (answers[0] as Tensor) : [...answers];
  }

  /** A column of numbers becomes a row where the function takes one number for each example. */
  #asTraced(inputs: readonly Tensor[]): readonly Tensor[] {
    const { inputs: traced } = this.#traced.training;
    return inputs.map((input, at) =>
      traced[at]?.shape.length === 1 && input.rank === 2 ? reshape(input, [-1]) : input,
    );
  }

  /** Adds the masks that the graph takes; a sequence without one has no step that is hidden. */
  #withMasks(inputs: readonly Tensor[], masks: readonly (Tensor | null)[]): readonly Tensor[] {
    const { masked = [], training } = this.#traced;
    const added = masked.map((at, place) => {
      const [, ...sides] = training.inputs[inputs.length + place]?.shape ?? [];
      return masks[at] ?? ones([inputs[at]?.shape[0] as number, ...(sides as number[])], "bool");
    });
    return [...inputs, ...added];
  }

  /** Adds up the penalties of the calls since they were last asked for, and frees them. */
  #penalty(): Scalar {
    const [first, ...others] = this.#penalties;
    const penalties = this.#penalties;
    this.#penalties = [];
    const total = others.reduce((sum, one) => add(sum, one), first ? first.clone() : scalar(0));
    dispose(penalties);
    return (this.#penaltyFactor === 1 ? total : mul(total, this.#penaltyFactor)) as Scalar;
  }

  /** Whether it makes a mask of its inputs, as a layer that holds an embedding may. */
  get makesMask(): boolean {
    return this.#traced.mask !== undefined;
  }

  /** The names of the variables that Keras does not know of, unless they are trained all the same. */
  get untracked(): readonly string[] {
    if (this.#trainsAll) return [];
    return this.#traced.weights
      .filter(({ untracked }) => untracked)
      .map(({ name }) => `${this.name}/${name}`);
  }

  /** The activation that its outputs pass last; null where nothing is known of their values. */
  get lastActivation(): string | null {
    const own = this.#traced.has_penalty ? null : lastActivation(this.#traced.training);
    return own && (this.#changes.endsIn ?? own);
  }

  override getConfig() {
    const [penalty, trainsAll] = [this.#penaltyFactor, this.#trainsAll];
    return {
      ...super.getConfig(),
      traced: this.#written,
      ...(penalty !== 1 && { penalty }),
      ...(trainsAll && { trainsAll }),
      ...this.#changes,
    };
  }
}

/** Lists the variables that layers of the program's own read, and that Keras does not know of. */
export function untrackedIn(all: readonly layers.Layer[]): readonly string[] {
  return all.flatMap((layer) => (layer instanceof TracedLayer ? layer.untracked : []));
}

function eachOf(shape: Shapes): readonly Sides[] {
  return Array.isArray(shape[0]) ? (shape as readonly Sides[]) : [shape as Sides];
}

/** Whether all sides but the batch are the same where both are known. */
function agree(expected: Sides, got: Sides): boolean {
  const isColumn = expected.length === 1 && got.length === 2 && got[1] === 1;
  return (
    isColumn ||
    (expected.length === got.length &&
      expected.every((side, axis) => axis === 0 || side === (got[axis] ?? side) || side === null))
  );
}

/** Weights that are drawn anew: those of several axes as Keras draws them, others begin at 0. */
function initializerOf(shape: readonly number[]) {
  return shape.length > 1 ? initializers.glorotUniform({}) : initializers.zeros();
}

register(TracedLayer);
