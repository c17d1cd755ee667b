// The form in which the capture writes a Python function: the operations of TensorFlow that it is made of.

/** A constant; what JSON has no number for is written as a word: `inf`, `-inf` or `nan`. */
export interface TracedConstant {
  readonly shape: readonly number[];
  readonly values: readonly (number | string)[];
  /** As NumPy names it, such as `float32`. */
  readonly dtype: string;
}

/** One operation. */
export interface TracedNode {
  readonly name: string;
  /** Name of the operation in TensorFlow, such as `AddV2`. */
  readonly op: string;
  /** The tensors that it takes: the name of a node, a colon and the number of its output. */
  readonly inputs: readonly string[];
  readonly attrs: Readonly<Record<string, unknown>>;
  /** The number of a `Const`. */
  readonly value?: TracedConstant;
  /** Place of the weight that a `ReadVariableOp` reads. */
  readonly variable?: number;
  /** Whether TensorFlow never computes its own gradient, since it is part of a function with one. @defaultValue false */
  readonly shielded?: boolean;
  /** Of a `While`: tells by what the loop holds whether it goes on. */
  readonly cond?: TracedGraph;
  /** Of a `While`: what the loop holds after one more round. Of a `Call`: what it computes. */
  readonly body?: TracedGraph;
}

/** An input of the function. */
export interface TracedInput {
  readonly name: string;
  readonly dtype: string;
  /** The batch included; null where a side is open. */
  readonly shape: readonly (number | null)[];
}

/** The graphs within an operation: those of a loop, or the one that it calls. */
export function innerGraphs({ cond, body }: TracedNode): readonly TracedGraph[] {
  return [cond, body].filter((graph) => graph !== undefined);
}

/** All operations of a graph, those of its loops included. */
export function allNodes(graph: TracedGraph): readonly TracedNode[] {
  return graph.nodes.flatMap((node) => [node, ...innerGraphs(node).flatMap(allNodes)]);
}

/** A function, in the order in which its operations can be computed. */
export interface TracedGraph {
  readonly inputs: readonly TracedInput[];
  readonly outputs: readonly string[];
  /** Shape of each output; null where TensorFlow does not know it. */
  readonly shapes: readonly (readonly (number | null)[] | null)[];
  readonly nodes: readonly TracedNode[];
  /** The weights that the function assigns, such as moving averages. */
  readonly updates: readonly { readonly variable: number; readonly value: string }[];
}

/** A weight of a layer of the program's own. */
export interface TracedWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly trainable: boolean;
  /** Whether it is a variable that the layer reads, and that Keras does not know of. @defaultValue false */
  readonly untracked?: boolean;
  /** Whether another layer of the model has the same weight. @defaultValue false */
  readonly shared?: boolean;
  /** The rule that it keeps after every update: one of Keras's, or `Traced` with its operations. @defaultValue none */
  readonly constraint?: { readonly class_name: string; readonly config: unknown };
}

/** A layer of the program's own, as it is called in training and in evaluation. */
export interface TracedLayerConfig {
  /** In the order of the layer's `get_weights()`. */
  readonly weights: readonly TracedWeight[];
  /** Whether the mask of its input is that of its output. */
  readonly passes_mask: boolean;
  /** Makes a mask of the inputs; left out where the layer makes none. */
  readonly mask?: TracedGraph;
  /** The places of inputs whose masks the graphs take as further inputs behind them. */
  readonly masked?: readonly number[];
  readonly training: TracedGraph;
  /** @defaultValue the graph of training */
  readonly evaluation?: TracedGraph;
  /** Whether the last output is a penalty that the layer adds to the loss. */
  readonly has_penalty?: boolean;
}
