import { add, mean, square, sub } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import type { TracedGraph } from "../../../src/learning/keras/traced/tracedGraph.ts";
import { tracedLoss } from "../../../src/learning/keras/traced/tracedLoss.ts";
import { floorOf, noteFloor } from "../../../src/learning/loss/knownFloor.ts";
import type { Loss } from "../../../src/learning/loss/loss.ts";
import { createLossMeasure } from "../../../src/learning/measure/lossMeasure.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";
import { type Placed, type TargetPart, targetParts } from "../../../src/learning/subject/parts.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const numbers = Float32Array.from({ length: 60 }, (_, at) => Math.sin(7 * at));
const train: Examples = { count: 60, inputs: numbers, targets: numbers, inputShape: [1], outputs: 1 };

/** How far the best constant is from what counts as right, where the loss is never below 1. */
async function distanceFromRight(floor: number | null): Promise<number> {
  const loss: Loss = (targets, answers) => add(1, mean(square(sub(targets, answers))));
  if (floor !== null) noteFloor(loss, floor);
  const measure = createLossMeasure(loss, train, targetParts(train)[0] as Placed<TargetPart>, 1);
  return (await measure.best()).error;
}

test("a loss whose floor is known is judged from there, and any other from what a reference reaches", async () => {
  expect(await distanceFromRight(0)).toBeCloseTo(1.5, 1);
  expect(await distanceFromRight(null)).toBeCloseTo(0.5, 1);
});

test("the floor of Keras's loss of labels that are fewer than the steps is known, that of others is not", () => {
  const graph: TracedGraph = { inputs: [], outputs: [], shapes: [], nodes: [], updates: [] };

  expect(floorOf(tracedLoss(graph, false, "CTC"))).toBe(0);
  expect(floorOf(tracedLoss(graph, false, "mine"))).toBeNull();
});
