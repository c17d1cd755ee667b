import fc from "fast-check";
import { beforeAll } from "vitest";
import { LARGEST_SEED } from "../src/foundation/random/seed.ts";

/** One variable replays a run of the properties: `LEARNPROOF_SEED=7 npm test`; without it the sample is fixed. */
const seed = wholeNumber("LEARNPROOF_SEED") ?? 1;
/** And one makes it longer: `LEARNPROOF_RUNS=10000`. */
const runs = wholeNumber("LEARNPROOF_RUNS");

fc.configureGlobal({ seed, ...(runs !== undefined && { numRuns: runs }) });

/** A mistyped number would pass for a run of its own: fast-check takes NaN runs for none at all. */
function wholeNumber(variable: string): number | undefined {
  const text = process.env[variable];
  if (text === undefined || text === "") return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= LARGEST_SEED) return value;
  throw new RangeError(`${variable} must be a whole number from 1 to ${LARGEST_SEED}, got ${text}`);
}

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
