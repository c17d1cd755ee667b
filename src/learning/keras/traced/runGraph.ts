import { add, cast, mul, softmax, type Tensor } from "@tensorflow/tfjs-core";
import { logitsOf, rememberLogits } from "../../loss/logits.ts";
import { endIn, type GraphChanges, hideLater, lookBack, softmaxOfEach } from "./graphChanges.ts";
import { activatingNode } from "./lastActivation.ts";
import { lastOperations } from "./lastOperations.ts";
import { arithmetic, shieldedLog } from "./operations/arithmetic.ts";
import { fourier } from "./operations/fourier.ts";
import { lists, TensorList, type Value } from "./operations/lists.ts";
import { network } from "./operations/network.ts";
import { constantTensor, dtypeOf, type Operations } from "./operations/operation.ts";
import { patchesAndVolumes } from "./operations/patches.ts";
import { random } from "./operations/random.ts";
import { reductions } from "./operations/reductions.ts";
import { scatters } from "./operations/scatters.ts";
import { shapes } from "./operations/shapes.ts";
import { allNodes, type TracedGraph, type TracedNode } from "./tracedGraph.ts";

const operations: Operations = {
  ...arithmetic,
  ...reductions,
  ...shapes,
  ...network,
  ...patchesAndVolumes,
  ...random,
  ...fourier,
  ...scatters,
};
const READ_BY_THE_GRAPH = ["Const", "Placeholder", "ReadVariableOp", "While", "Call"];
/** A loop of more rounds is taken for one that does not end. */
const MOST_ROUNDS = 10_000;

/** The operations of TensorFlow that can be computed, by their names. */
export const knownOperations: readonly string[] = [...Object.keys(operations), ...Object.keys(lists)];

/** What a graph gave. */
export interface TracedAnswer {
  readonly outputs: readonly Tensor[];
  /** The new value of each weight that the graph assigns, in the order of its updates. */
  readonly updates: readonly Tensor[];
}

/** Lists the operations of a graph that cannot be computed, each once. */
export function unknownOperations(graph: TracedGraph): string[] {
  const known = (op: string) => READ_BY_THE_GRAPH.includes(op) || operations[op] || lists[op];
  const names = allNodes(graph)
    .map(({ op }) => op)
    .filter((op) => !known(op));
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
  changes: GraphChanges = {},
  watch?: Watch,
): TracedAnswer {
  const { outputs, updates } = walk(graph, inputs, weights, changes, watch);
  return { outputs: outputs as Tensor[], updates: updates as Tensor[] };
}

type Watch = (node: TracedNode, inputs: readonly Tensor[]) => void;

/** Computes a graph, or one within it, which may take and give lists of tensors. */
function walk(
  graph: TracedGraph,
  inputs: readonly Value[],
  weights: readonly Tensor[],
  changes: GraphChanges,
  watch?: Watch,
  isShielded = false,
): { readonly outputs: readonly Value[]; readonly updates: readonly Value[] } {
  const { underRoots = 0, causal = false, apart = false, endsIn } = changes;
  const values = new Map<string, readonly Value[]>();
  const given = new Map(
    graph.inputs.map(({ name, dtype }, at) => [name.split(":")[0], asType(inputs[at] as Value, dtype)]),
  );
  /** The order of the axes that each transposition gives. */
  const moved = new Map<string, readonly number[]>();
  const valueAt = (ref: string): Value => {
    const [name = "", place = "0"] = ref.split(":");
    const value = values.get(name)?.[Number(place)];
    if (value === undefined)
      throw new RangeError(`the tensor ${ref} of the traced function was not computed`);
    return value;
  };
  const shields = (node: TracedNode) => isShielded || node.shielded === true;
  const computeWithin = (node: TracedNode, body: TracedGraph, taken: readonly Value[]) => {
    const within = (inner: TracedGraph, held: readonly Value[]) =>
      walk(inner, held, weights, { underRoots, causal, apart }, watch, shields(node)).outputs;
    return node.cond ? goRound(node.cond, body, taken, within) : within(body, taken);
  };
  const end = endsIn ? activatingNode(graph) : null;
  const compute = (node: TracedNode): readonly Value[] => {
    const input = given.get(node.name);
    if (input) return [input];
    if (node.value) return [constantTensor(causal ? lookBack(node.value) : node.value)];
    if (node.variable !== undefined) return [weights[node.variable] as Tensor];
    const taken = node.inputs.map(valueAt);
    if (node.body) return computeWithin(node, node.body, taken);
    const ofList = lists[node.op];
    if (ofList) return ofList(taken);
    if (taken.some((one) => one instanceof TensorList)) return handOn(node, taken);
    const operation = operations[node.op];
    if (operation === undefined) throw new RangeError(`the operation ${node.op} is not known`);
    const read = taken as Tensor[];
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
    if (node.op === "Log" && first && shields(node)) return [shieldedLog(first)];
    const raised = first && underRoots > 0 ? madeGentle(node.op, [first, ...others], underRoots) : first;
    const answer = operation(raised ? [raised, ...others] : [], node.attrs);
    return Array.isArray(answer) ? (answer as readonly Tensor[]) : [answer as Tensor];
  };
  const last = new Set(lastOperations(graph));
  const logitsBehind = (node: TracedNode): Tensor | null => {
    const isSigmoid = node === end ? endsIn === "sigmoid" : node.op === "Sigmoid";
    if (node.op !== "Identity" && !(isSigmoid && last.has(node))) return null;
    const input = valueAt(node.inputs[0] ?? "");
    if (input instanceof TensorList) return null;
    return node.op === "Identity" ? logitsOf(input) : input;
  };
  for (const node of graph.nodes) {
    const answers = compute(node);
    values.set(node.name, answers);
    const logits = logitsBehind(node);
    if (logits) rememberLogits(answers[0] as Tensor, logits);
  }
  const ended = (output: Value) => (endsIn && !end ? endIn(endsIn, output as Tensor) : output);
  return {
    outputs: graph.outputs.map(valueAt).map(ended),
    updates: graph.updates.map(({ value }) => valueAt(value)),
  };
}

/** Computes a loop: it goes on as long as the one graph tells by what it holds, and the other gives what it holds then. */
function goRound(
  cond: TracedGraph,
  body: TracedGraph,
  start: readonly Value[],
  within: (graph: TracedGraph, held: readonly Value[]) => readonly Value[],
): readonly Value[] {
  let held = start;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const [goesOn] = (within(cond, held)[0] as Tensor).dataSync();
    if (!goesOn) return held;
    held = within(body, held);
  }
  throw new RangeError(`a loop of the traced function goes round more than ${MOST_ROUNDS} times`);
}

/** A list is computed with by the operations on lists alone. */
function handOn({ op }: TracedNode, inputs: readonly Value[]): readonly Value[] {
  if (op !== "Identity") throw new RangeError(`the operation ${op} takes no list of tensors`);
  return inputs;
}

/** Keeps the number that an operation takes away from where its slope is infinite: 0, or 1 and -1 for an angle. */
function madeGentle(
  operation: string,
  [first, ...others]: readonly [Tensor, ...Tensor[]],
  by: number,
): Tensor {
  if (STEEP_AT_ONE.includes(operation)) return mul(first, 1 - by);
  return isSteepAtZero(operation, others) ? add(first, by) : first;
}

const STEEP_AT_ONE: readonly string[] = ["Acos", "Asin", "Atanh"];

/** Whether the slope of an operation at 0 is infinite. */
function isSteepAtZero(operation: string, [exponent]: readonly Tensor[]): boolean {
  if (operation !== "Pow") return ["Sqrt", "Rsqrt", "Log"].includes(operation);
  return exponent?.dataSync().every((one) => one < 1) ?? false;
}

function asType(input: Value, dtype: string): Value {
  if (input instanceof TensorList) return input;
  const wanted = dtypeOf(dtype);
  return input.dtype === wanted ? input : cast(input, wanted);
}
