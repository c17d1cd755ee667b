import fc from "fast-check";

/** One variable replays a run of the properties: `LEARNPROOF_SEED=7 npm test`; without it the sample is fixed. */
const seed = Number(process.env.LEARNPROOF_SEED ?? 1);
/** And one makes it longer: `LEARNPROOF_RUNS=10000`. */
const runs = process.env.LEARNPROOF_RUNS;

fc.configureGlobal({ seed, ...(runs !== undefined && { numRuns: Number(runs) }) });
