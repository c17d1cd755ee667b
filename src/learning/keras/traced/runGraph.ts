import { add, cast, softmax, type Tensor } from "@tensorflow/tfjs-core";
import { logitsOf, rememberLogits } from "../../loss/logits.ts";
import { endIn, type GraphChanges, hideLater, lookBack, softmaxOfEach } from "./graphChanges.ts";
import { activatingNode } from "./lastActivation.ts";
import { lastOperations } from "./lastOperations.ts";
import { arithmetic } from "./operations/arithmetic.ts";
import { fourier } from "./operations/fourier.ts";
import { network } from "./operations/network.ts";
import { constantTensor, dtypeOf, type Operations } from "./operations/operation.ts";
import { patchesAndVolumes } from "./operations/patches.ts";
import { random } from "./operations/random.ts";
import { reductions } from "./operations/reductions.ts";
import { shapes } from "./operations/shapes.ts";
import type { TracedGraph, TracedNode } from "./tracedGraph.ts";

const operations: Operations = {
  ...arithmetic,
  ...reductions,
  ...shapes,
  ...network,
  ...patchesAndVolumes,
  ...random,
  ...fourier,
};
const READ_BY_THE_GRAPH = ["Const", "Placeholder", "ReadVariableOp"];

/** The operations of TensorFlow that can be computed, by their names. */
export const knownOperations: readonly string[] = Object.keys(operations);

/** What a graph gave. */
export interface TracedAnswer {
  readonly outputs: readonly Tensor[];
  /** The new value of each weight that the graph assigns, in the order of its updates. */
  readonly updates: readonly Tensor[];
}

/** Lists the operations of a graph that cannot be computed, each once. */
export function unknownOperations({ nodes }: TracedGraph): string[] {
  const names = nodes.map(({ op }) => op).filter((op) => !READ_BY_THE_GRAPH.includes(op) && !operations[op]);
  return [...new Set(names)];
}

/**
 * Computes a graph by operations that have gradients. The caller tidies up.
 *
 * @param inputs one tensor for each input, of float32; each gets the type that the function was traced with.
 * @param weights the values of the weights, by their places.
 * @param changes what is computed otherwise. @defaultValue nothing
 * @param watch is shown each operation before it is computed. @defaultValue nobody is shown them
 * @throws {RangeError} for an operation that is not known, or inputs that do not fit.
 */
export function runGraph(
  graph: TracedGraph,
  inputs: readonly Tensor[],
  weights: readonly Tensor[] = [],
  { underRoots = 0, causal = false, apart = false, endsIn }: GraphChanges = {},
  watch?: (node: TracedNode, inputs: readonly Tensor[]) => void,
): TracedAnswer {
  const values = new Map<string, readonly Tensor[]>();
  const given = new Map(
    graph.inputs.map(({ name, dtype }, at) => [name.split(":")[0], asType(inputs[at] as Tensor, dtype)]),
  );
  /** The order of the axes that each transposition gives. */
  const moved = new Map<string, readonly number[]>();
  const tensorAt = (ref: string): Tensor => {
    const [name = "", place = "0"] = ref.split(":");
    const value = values.get(name)?.[Number(place)];
    if (value === undefined)
      throw new RangeError(`the tensor ${ref} of the traced function was not computed`);
    return value;
  };
  const end = endsIn ? activatingNode(graph) : null;
  const compute = (node: TracedNode): readonly Tensor[] => {
    const input = given.get(node.name);
    if (input) return [input];
    if (node.value) return [constantTensor(causal ? lookBack(node.value) : node.value)];
    if (node.variable !== undefined) return [weights[node.variable] as Tensor];
    const operation = operations[node.op];
    if (operation === undefined) throw new RangeError(`the operation ${node.op} is not known`);
    const read = node.inputs.map(tensorAt);
    watch?.(node, read);
    const [first, ...others] = read;
    if (node === end && first && endsIn) return [endIn(endsIn, first)];
    if (apart && node.op === "Transpose") moved.set(node.name, [...(others[0] as Tensor).dataSync()]);
    if (node.op === "Softmax" && first && (causal || apart)) {
      const axes = moved.get(node.inputs[0]?.split(":")[0] ?? "");
      const isOverBatch = axes !== undefined && axes.length > 1 && axes.at(-1) === 0;
      if (apart && isOverBatch) return [softmaxOfEach(first, axes)];
      if (causal && !isOverBatch) return [softmax(hideLater(first))];
    }
    const taken = first && underRoots > 0 && isSteepAtZero(node.op, others) ? add(first, underRoots) : first;
    const answer = operation(taken ? [taken, ...others] : [], node.attrs);
    return Array.isArray(answer) ? (answer as readonly Tensor[]) : [answer as Tensor];
  };
  const last = new Set(lastOperations(graph));
  const logitsBehind = (node: TracedNode): Tensor | null => {
    if (node.op === "Identity") return logitsOf(tensorAt(node.inputs[0] ?? ""));
    const isSigmoid = node === end ? endsIn === "sigmoid" : node.op === "Sigmoid";
    return isSigmoid && last.has(node) ? tensorAt(node.inputs[0] ?? "") : null;
  };
  for (const node of graph.nodes) {
    const answers = compute(node);
    values.set(node.name, answers);
    const logits = logitsBehind(node);
    if (logits) rememberLogits(answers[0] as Tensor, logits);
  }
  const ended = (output: Tensor) => (endsIn && !end ? endIn(endsIn, output) : output);
  return {
    outputs: graph.outputs.map(tensorAt).map(ended),
    updates: graph.updates.map(({ value }) => tensorAt(value)),
  };
}

/** Whether the slope of an operation at 0 is infinite. */
function isSteepAtZero(operation: string, [exponent]: readonly Tensor[]): boolean {
  if (operation !== "Pow") return ["Sqrt", "Rsqrt", "Log"].includes(operation);
  return exponent?.dataSync().every((one) => one < 1) ?? false;
}

function asType(input: Tensor, dtype: string): Tensor {
  const wanted = dtypeOf(dtype);
  return input.dtype === wanted ? input : cast(input, wanted);
}
