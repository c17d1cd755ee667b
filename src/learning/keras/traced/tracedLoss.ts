import { argMax, mean, mul, reshape, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { noteFloor } from "../../loss/knownFloor.ts";
import { noteLogarithms, type OutsideLogarithm } from "../../loss/logarithmDomain.ts";
import { noteRoots } from "../../loss/underRoots.ts";
import type { WrittenLoss } from "../../subject/own/ownLoss.ts";
import { sizeOf } from "../../subject/parts.ts";
import { runGraph } from "./runGraph.ts";
import type { TracedGraph } from "./tracedGraph.ts";

/** Keras's loss of labels that are fewer than the steps: less the logarithm of how likely they are. */
const CONNECTIONIST = /^ctc$/i;

/**
 * Makes a loss of a traced Python function of targets and predictions. Its value is one number for each example, or one
 * for all of them, as the function gives it.
 *
 * @param areOneHot whether the function takes class numbers, which are one-hot here.
 * @param name the function's name in Python, for messages. @defaultValue none
 * @param adds whether Keras adds up the numbers that it gives, where it else averages them. @defaultValue false
 */
export function tracedLoss(graph: TracedGraph, areOneHot: boolean, name = "", adds = false): WrittenLoss {
  const loss = computedBy(graph, { areOneHot, name, adds, underRoots: 0 });
  const lifted = new Map<number, WrittenLoss>();
  noteRoots(loss, (underRoots) => {
    const known = lifted.get(underRoots) ?? computedBy(graph, { areOneHot, name, adds, underRoots });
    lifted.set(underRoots, known);
    return known;
  });
  return loss;
}

/** How a traced loss is computed. */
interface Computed {
  readonly areOneHot: boolean;
  readonly name: string;
  readonly adds: boolean;
  /** What is added to the numbers that it takes roots and logarithms of. */
  readonly underRoots: number;
}

function computedBy(graph: TracedGraph, { areOneHot, name, adds, underRoots }: Computed): WrittenLoss {
  const loss = (targets: Tensor, predictions: Tensor): Tensor => {
    const count = predictions.shape[0] as number;
    const inputs = [givenTargets(graph, areOneHot, targets, count), givenAnswers(graph, predictions, count)];
    const value = runGraph(graph, inputs, [], { underRoots }).outputs[0] as Tensor;
    if (value.rank === 0) return value;
    // A batch averages its examples, or steps: as many times that is their sum.
    const factor = adds ? value.size : 1;
    // Keras averages whatever a loss gives; examples, or steps, that count differently need one number for each.
    if (value.shape[0] !== count) return times(factor, mean(value));
    const steps = predictions.shape.slice(1, -1);
    const hasSteps = steps.length > 0 && value.size % (count * sizeOf(steps)) === 0;
    return times(factor, mean(reshape(value, [count, ...(hasSteps ? steps : []), -1]), -1));
  };
  if (underRoots === 0)
    noteLogarithms(loss, (targets, predictions) => findLogarithm(graph, areOneHot, targets, predictions));
  if (CONNECTIONIST.test(name)) noteFloor(loss, 0);
  return Object.defineProperty(loss, "name", { value: name });
}

function times(factor: number, value: Tensor): Tensor {
  return factor === 1 ? value : mul(factor, value);
}

/** Gives the targets the shape that the function was traced with. */
function givenTargets(graph: TracedGraph, areOneHot: boolean, targets: Tensor, count: number): Tensor {
  const [wanted] = graph.inputs;
  const numbers = areOneHot ? argMax(targets, -1) : targets;
  const sides = (wanted?.shape ?? []).slice(1).map((side) => side ?? -1);
  // Targets that were fitted to the outputs have another shape than the function was traced with.
  const isKnown = sides.every((side) => side !== -1) && count * sizeOf(sides) === numbers.size;
  const isOpen = sides.filter((side) => side === -1).length === 1;
  return isKnown || isOpen ? reshape(numbers, [count, ...sides]) : numbers;
}

/** A column of answers becomes a row where the function takes one number for each example. */
function givenAnswers({ inputs: [, wanted] }: TracedGraph, predictions: Tensor, count: number): Tensor {
  const isRow = wanted?.shape.length === 1 && predictions.size === count;
  return isRow ? reshape(predictions, [count]) : predictions;
}

/** Finds a negative number that the loss takes the logarithm of, or else a 0, at the targets and predictions of a batch. */
function findLogarithm(
  graph: TracedGraph,
  areOneHot: boolean,
  targets: ArrayLike<number>,
  predictions: ArrayLike<number>,
): OutsideLogarithm | null {
  const sides = (graph.inputs[1]?.shape ?? []).slice(1);
  if (sides.some((side) => side === null)) return null;
  const count = predictions.length / sizeOf(sides as number[]);
  let found: OutsideLogarithm | null = null;
  tidy(() => {
    const table = tensor(Float32Array.from(targets), [count, targets.length / count]);
    const answers = tensor(Float32Array.from(predictions), [count, ...(sides as number[])]);
    runGraph(graph, [givenTargets(graph, areOneHot, table, count), answers], [], {}, ({ op }, [input]) => {
      if ((found !== null && found.value < 0) || op !== "Log" || input === undefined) return;
      const values = input.dataSync();
      const negative = values.findIndex((value) => value < 0);
      const index = negative < 0 && found === null ? values.indexOf(0) : negative;
      if (index >= 0) found = { of: "number inside the loss", index, value: values[index] as number };
    });
  });
  return found;
}
