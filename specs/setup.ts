import fc from "fast-check";
import { afterAll } from "vitest";

/** One variable replays a run of the properties: `LEARNPROOF_SEED=7 npm test`; without it the sample is fixed. */
const seed = Number(process.env.LEARNPROOF_SEED ?? 1);
/** And one makes it longer: `LEARNPROOF_RUNS=10000`. */
const runs = process.env.LEARNPROOF_RUNS;

fc.configureGlobal({ seed, ...(runs !== undefined && { numRuns: Number(runs) }) });

/** Where TensorFlow.js keeps its one engine. Read there, so that specs without tensors need not load it. */
interface TensorflowGlobal {
  readonly _tfengine?: { readonly state: { readonly numTensors: number } };
}

/** Each file has a process of its own, which begins with no tensor. */
afterAll(() => {
  const alive = (globalThis as TensorflowGlobal)._tfengine?.state.numTensors ?? 0;
  if (alive > 0) throw new Error(`a file of specs must end with the tensors it began with, 0, got ${alive}`);
});
