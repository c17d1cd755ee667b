// A process that times one workload, told when by its parent: engines with and without our kernels cannot
// share a process, and samples of all workloads take turns so that a noisy moment hits them all alike.

import { ready, setBackend } from "@tensorflow/tfjs-core";
import { parseWithProject } from "../../learning/config/readConfig.ts";
import { startEngine } from "../../learning/engine/startEngine.ts";
import { preparePass } from "./timedPass.ts";
import type { Workload } from "./workload.ts";

/** What the parent sends: first the workload, then for each sample how many milliseconds it may take. */
export type Request = { readonly workload: Workload } | { readonly sampleMs: number };

/** What comes back: null when ready, then milliseconds of one pass; or why there is none. */
export type Reply = { readonly msPerPass: number | null } | { readonly error: string };

/** Passes before the first sample: kernels and JavaScript compile, memory grows. */
const WARM_UP_MS = 800;

/** Untimed passes before each sample, as a share of it: caches fill that others emptied in the meantime. */
const REFILL = 0.5;

let pass: () => Promise<void> = async () => undefined;
let msPerPass = 0;

async function prepare(workload: Workload): Promise<void> {
  if (workload.variant === "stock" && workload.engine === "wasm") {
    await import("@tensorflow/tfjs-backend-wasm");
    await setBackend("wasm");
    await ready();
  } else {
    await startEngine({ name: workload.engine });
  }
  pass = await preparePass({ ...workload, config: await parseWithProject(workload.config) });
  await time(WARM_UP_MS);
}

/** Milliseconds of one pass, over as many passes as fit into `sampleMs`, at least one. */
async function time(sampleMs: number): Promise<number> {
  const start = performance.now();
  let passes = 0;
  let elapsed = 0;
  do {
    await pass();
    passes++;
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
