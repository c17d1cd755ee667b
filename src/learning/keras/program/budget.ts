// A program may train for hours. Its check trains it a dozen times, so long programs are cut to what a check needs to
// see: the first steps, on some of the examples.

import type { NumberArray } from "../../../foundation/arrays/npy.ts";
import { largestOf } from "../../../foundation/numbers/extremes.ts";
import { MOST_TARGETS } from "../../subject/mostTargets.ts";
import type { KerasProgram } from "../translate/capturedProgram.ts";
import type { CapturedArrays } from "./capturedFile.ts";

/** Multiplications that a run may take: about twenty seconds on wasm. */
const RUN_WORK = 4e10;
/** Multiplications of one pass over the examples without gradients: about three seconds. */
const PASS_WORK = 6e9;
/** A step takes a millisecond or two however small the network is. */
const MOST_STEPS = 5_000;
const LEAST_STEPS = 100;
const MOST_EXAMPLES = 20_000;
const LEAST_EXAMPLES = 200;
/** A gradient takes about twice as long as the forward pass. */
const FORWARD_AND_BACK = 3;

/** The largest number of steps that a run of such a network gets. */
export function affordableSteps(work: number, batchSize: number): number {
  const steps = Math.floor(RUN_WORK / Math.max(1, FORWARD_AND_BACK * work * batchSize));
  return Math.max(LEAST_STEPS, Math.min(MOST_STEPS, steps));
}

/**
 * The largest number of examples that a run of such a network gets.
 *
 * @param answer numbers that the network answers for one example: a table of the answers of all must fit in memory.
 */
export function affordableExamples(work: number, answer: number): number {
  const inTime = Math.max(LEAST_EXAMPLES, Math.floor(PASS_WORK / Math.max(1, work)));
  return Math.max(1, Math.min(MOST_EXAMPLES, inTime, Math.floor(MOST_TARGETS / Math.max(1, answer))));
}

/** Numbers in the largest answer to one example. A side that the model leaves open is as long as that of the targets. */
export function numbersInAnswer({ outputs = [] }: KerasProgram["model"], y: readonly NumberArray[]): number {
  const sizes = outputs.map(({ shape }, output) =>
    shape.slice(1).reduce<number>((size, side, axis) => size * (side ?? y[output]?.shape[axis + 1] ?? 1), 1),
  );
  return Math.max(1, largestOf(sizes));
}

/** Keeps evenly spaced rows: their order stays, and so does about the share of each class. */
export function thinOut(arrays: readonly NumberArray[], most: number): readonly NumberArray[] {
  return arrays.map(({ shape: [count = 0, ...row], values }) => {
    if (count <= most) return { shape: [count, ...row], values };
    const size = values.length / count;
    const kept = new Float32Array(most * size);
    for (let at = 0; at < most; at++) {
      const from = Math.floor((at * (count - 1)) / Math.max(1, most - 1)) * size;
      kept.set(values.subarray(from, from + size), at * size);
    }
    return { shape: [most, ...row], values: kept };
  });
}

/** Keeps evenly spaced examples of every array. */
export function thinOutAll(arrays: CapturedArrays, most: number): CapturedArrays {
  const { x, y, sampleWeights, shown = [], heldOut, asked, held } = arrays;
  const thinned = (table: NumberArray) => thinOut([table], most)[0] as NumberArray;
  const thinnedSet = (set: Pick<CapturedArrays, "x" | "y" | "shown">) => ({
    x: thinOut(set.x, most),
    y: thinOut(set.y, most),
    shown: thinOut(set.shown ?? [], most),
  });
  return {
    x: thinOut(x, most),
    y: thinOut(y, most),
    sampleWeights: thinOut(sampleWeights, most),
    shown: thinOut(shown, most),
    heldOut: heldOut && thinnedSet(heldOut),
    ...(asked && { asked: asked.map((one) => ({ ...one, ...thinnedSet(one) })) }),
    // What has as many rows is thinned out alike.
    ...(held && {
      held: held.map(({ x, y, heldOutX, askedX, ...facts }) => ({
        ...facts,
        x: x && thinned(x),
        y: y && thinned(y),
        heldOutX: heldOutX && thinned(heldOutX),
        askedX: new Map([...askedX].map(([question, table]) => [question, thinned(table)])),
      })),
    }),
  };
}
