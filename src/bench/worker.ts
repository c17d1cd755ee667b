// A process that times one workload, told when by its parent: engines with and without our kernels cannot
// share a process, and samples of all workloads take turns so that a noisy moment hits them all alike.

import { ready, setBackend } from "@tensorflow/tfjs-core";
import { startEngine } from "../engine/startEngine.ts";
import { preparePass } from "./timedPass.ts";
import type { Workload } from "./workload.ts";

/** What the parent sends: first the workload, then for each sample how many milliseconds it may take. */
export type Request = { readonly workload: Workload } | { readonly sampleMs: number };

/** What comes back: null when ready, then milliseconds of one pass; or why there is none. */
export type Reply = { readonly msPerPass: number | null } | { readonly error: string };

/** Passes before timing: kernels compile, caches and memory fill. */
const WARM_UP_MS = 300;

let pass: () => void = () => undefined;

async function prepare(workload: Workload): Promise<void> {
  if (workload.variant === "stock" && workload.engine === "wasm") {
    await import("@tensorflow/tfjs-backend-wasm");
    await setBackend("wasm");
    await ready();
  } else {
    await startEngine({ name: workload.engine });
  }
  pass = preparePass(workload);
  time(WARM_UP_MS);
}

/** Milliseconds of one pass, over as many passes as fit into `sampleMs`, at least one. */
function time(sampleMs: number): number {
  const start = performance.now();
  let passes = 0;
  let elapsed = 0;
  do {
    pass();
    passes++;
    elapsed = performance.now() - start;
  } while (elapsed < sampleMs);
  return elapsed / passes;
}

process.on("message", (request: Request) => {
  void answer(request)
    .catch((error: Error): Reply => ({ error: error.message }))
    .then((reply) => process.send?.(reply));
});

async function answer(request: Request): Promise<Reply> {
  if ("sampleMs" in request) return { msPerPass: time(request.sampleMs) };
  await prepare(request.workload);
  return { msPerPass: null };
}
