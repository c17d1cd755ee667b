import { argMax, mean, reshape, type Tensor } from "@tensorflow/tfjs-core";
import type { WrittenLoss } from "../../subject/own/ownLoss.ts";
import { sizeOf } from "../../subject/parts.ts";
import { runGraph } from "./runGraph.ts";
import type { TracedGraph } from "./tracedGraph.ts";

/**
 * Makes a loss of a traced Python function of targets and predictions. Its value is one number for each example, or one
 * for all of them, as the function gives it.
 *
 * @param areOneHot whether the function takes class numbers, which are one-hot here.
 * @param name the function's name in Python, for messages. @defaultValue none
 */
export function tracedLoss(graph: TracedGraph, areOneHot: boolean, name = ""): WrittenLoss {
  const [wanted] = graph.inputs;
  const loss = (targets: Tensor, predictions: Tensor): Tensor => {
    const count = predictions.shape[0] as number;
    const numbers = areOneHot ? argMax(targets, -1) : targets;
    const sides = (wanted?.shape ?? []).slice(1).map((side) => side ?? -1);
    // Targets that were fitted to the outputs have another shape than the function was traced with.
    const isKnown = sides.every((side) => side !== -1) && count * sizeOf(sides) === numbers.size;
    const isOpen = sides.filter((side) => side === -1).length === 1;
    const given = isKnown || isOpen ? reshape(numbers, [count, ...sides]) : numbers;
    const value = runGraph(graph, [given, predictions]).outputs[0] as Tensor;
    if (value.rank === 0) return value;
    // Keras averages whatever a loss gives; examples that count differently need one number for each.
    return value.shape[0] === count ? mean(reshape(value, [count, -1]), 1) : mean(value);
  };
  return Object.defineProperty(loss, "name", { value: name });
}
