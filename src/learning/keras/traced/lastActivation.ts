// A model of the program's own is one layer, and the activation of its outputs is one of that layer's operations.

import type { TracedGraph, TracedNode } from "./tracedGraph.ts";

/** Operations that hand numbers on as they are, in another shape. */
const HANDS_ON = /^(Identity|Reshape|Squeeze|ExpandDims|Transpose|StopGradient|Cast|Pack|ConcatV2|Concat)$/;
/** Sums and products of numbers without bounds have none; one of probabilities may still be a probability. */
const COMBINES = /^(Add|AddV2|AddN|Sub|Mul|Sum|Mean|Neg)$/;
/** Where numbers without bounds begin. */
const UNBOUND =
  /^(BiasAdd|MatMul|BatchMatMul(V2|V3)?|Einsum|Conv[123]D(BackpropInputV2)?|Conv2DBackpropInput|DepthwiseConv2dNative|Gather|GatherV2|ResourceGather|ReadVariableOp|Const|Placeholder)$/;
const ACTIVATIONS: Readonly<Record<string, string>> = {
  Sigmoid: "sigmoid",
  Softmax: "softmax",
  Tanh: "tanh",
  Relu: "relu",
  Relu6: "relu6",
  Elu: "elu",
  Selu: "selu",
  Softplus: "softplus",
  Softsign: "softsign",
  LeakyRelu: "LeakyReLU",
};

/**
 * Names the activation that the outputs of a traced function pass last.
 *
 * @returns `linear` for a sum or a product, and null where only the operations themselves know what values they give.
 */
export function lastActivation({ nodes, outputs }: TracedGraph): string | null {
  const nodeOf = finderOf(nodes);
  const ends = new Set(outputs.map((output) => endOf(behindShapes(output, nodeOf))));
  const [end = null] = ends;
  return ends.size === 1 ? end : null;

  function endOf(node: TracedNode | undefined): string | null {
    if (node === undefined) return null;
    return ACTIVATIONS[node.op] ?? (hasNoBounds(node) ? "linear" : null);
  }

  /** An input of the function is no node, and has no bounds either. */
  function hasNoBounds(node: TracedNode | undefined): boolean {
    if (node === undefined || UNBOUND.test(node.op)) return true;
    const { op, inputs } = node;
    if (HANDS_ON.test(op)) return hasNoBounds(nodeOf(inputs[0] ?? ""));
    return COMBINES.test(op) && inputs.every((input) => hasNoBounds(nodeOf(input)));
  }
}

/**
 * Finds the operation that applies the last activation of a function with one output.
 *
 * @returns null where its output passes none, or comes of several operations.
 */
export function activatingNode({ nodes, outputs }: TracedGraph): TracedNode | null {
  const [output, ...others] = outputs;
  const node = output === undefined || others.length > 0 ? undefined : behindShapes(output, finderOf(nodes));
  return node && node.op in ACTIVATIONS ? node : null;
}

type Finder = (tensor: string) => TracedNode | undefined;

function finderOf(nodes: readonly TracedNode[]): Finder {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  return (tensor) => byName.get(tensor.split(":")[0] ?? tensor);
}

function behindShapes(tensor: string, nodeOf: Finder): TracedNode | undefined {
  const node = nodeOf(tensor);
  return node && HANDS_ON.test(node.op) ? behindShapes(node.inputs[0] ?? "", nodeOf) : node;
}
