// This process times one workload when its parent asks for a sample. Engines with and without learnproof's kernels
// cannot share a process, and the workloads take turns so that noise on the machine affects all of them alike.

import { ready, setBackend } from "@tensorflow/tfjs-core";
import { startEngine } from "../../learning/engine/startEngine.ts";
import { parseWithPrograms } from "../../learning/keras/program/loadProgram.ts";
import { preparePass, type TimedPass } from "./timedPass.ts";
import type { Workload } from "./workload.ts";

/** A message from the parent: first the workload, then for each sample the milliseconds that it may take. */
export type Request = { readonly workload: Workload } | { readonly sampleMs: number };

/** A message to the parent: null when ready, then the milliseconds of one pass; or the error that prevented it. */
export type Reply = { readonly msPerPass: number | null } | { readonly error: string };

/** Milliseconds of untimed passes before the first sample, in which kernels and JavaScript compile and memory grows. */
const WARM_UP_MS = 800;

/** Untimed time before each sample, as a share of the sample; it refills caches that other processes have emptied. */
const REFILL = 0.5;

let pass: TimedPass = { run: async () => undefined, passes: 1 };
let msPerPass = 0;

async function prepare(workload: Workload): Promise<void> {
  if (workload.variant === "stock" && workload.engine === "wasm") {
    await import("@tensorflow/tfjs-backend-wasm");
    await setBackend("wasm");
    await ready();
  } else {
    await startEngine({ name: workload.engine, threads: workload.threads });
  }
  pass = await preparePass({ ...workload, config: await parseWithPrograms(workload.config) });
  await time(WARM_UP_MS);
}

/** Measures the milliseconds of one pass, averaged over as many passes as fit into `sampleMs`, at least one. */
async function time(sampleMs: number): Promise<number> {
  const start = performance.now();
  let passes = 0;
  let elapsed = 0;
  do {
    await pass.run();
    passes += pass.passes;
    elapsed = performance.now() - start;
  } while (elapsed < sampleMs);
  msPerPass = elapsed / passes;
  return msPerPass;
}

process.on("message", (request: Request) => {
  void answer(request)
    .catch((error: Error): Reply => ({ error: error.message }))
    .then((reply) => process.send?.(reply));
});

async function answer(request: Request): Promise<Reply> {
  if ("sampleMs" in request) {
    if (msPerPass < request.sampleMs) await time(REFILL * request.sampleMs);
    return { msPerPass: await time(request.sampleMs) };
  }
  await prepare(request.workload);
  return { msPerPass: null };
}
