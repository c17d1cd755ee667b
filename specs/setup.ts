import fc from "fast-check";
import { beforeAll } from "vitest";

/** One variable replays a run of the properties: `LEARNPROOF_SEED=7 npm test`; without it the sample is fixed. */
const seed = Number(process.env.LEARNPROOF_SEED ?? 1);
/** And one makes it longer: `LEARNPROOF_RUNS=10000`. */
const runs = process.env.LEARNPROOF_RUNS;

if (!Number.isInteger(seed))
  throw new RangeError(`LEARNPROOF_SEED must be a whole number, got ${process.env.LEARNPROOF_SEED}`);

fc.configureGlobal({ seed, ...(runs !== undefined && { numRuns: Number(runs) }) });

/** Where TensorFlow.js keeps its one engine. Read there, so that specs without tensors need not load it. */
interface TensorflowGlobal {
  readonly _tfengine?: { readonly state: { readonly numTensors: number } };
}

function tensorsAlive(): number {
  return (globalThis as TensorflowGlobal)._tfengine?.state.numTensors ?? 0;
}

beforeAll(() => {
  const before = tensorsAlive();
  return () => {
    const after = tensorsAlive();
    if (after > before)
      throw new Error(`a file of specs must end with the tensors it began with, ${before}, got ${after}`);
  };
});
