// Times the engine webgpu beside PyTorch's eager step on the same GPU, in turn in one run, and says whether a step of 128
// pictures takes at most three times PyTorch's, and the tiny step at most 5 ms.
// Run: npx tsx scripts/benchGpu.ts [batch] [picture]. It needs the packages of webgpu (docs/engines.md) and a python3, or
// LEARNPROOF_PYTHON, with torch. Where no GPU is, a small batch on small pictures shows that it runs: 4 8.

import { prepare } from "../src/lab/engines/bench.ts";
import { measure, speedRatio, type Timing } from "../src/lab/engines/measure.ts";
import { startTorch, type TorchWorker } from "../src/lab/engines/torchWorker.ts";
import { questionNetwork, STEP, TINY } from "../src/lab/engines/workload.ts";
import { engines } from "../src/learning/engine/engines.ts";

const batch = Number(process.argv[2] ?? 128);
const side = Number(process.argv[3] ?? 32);
const MOST_OF_TORCH = 3;
const MOST_TINY_MS = 5;

const missing = await engines.webgpu.whyUnavailable();
if (missing !== null) throw new Error(`webgpu does not start here: ${missing}; ${engines.webgpu.remedy}`);

const boxes = [
  { ...STEP, engine: "webgpu", network: questionNetwork(side), batch } as const,
  { ...STEP, engine: "webgpu", network: TINY, batch: 1 } as const,
];
const torches: TorchWorker[] = [];
const starts = boxes.map(({ network, batch }) => async () => {
  const worker = await startTorch(network, batch, { threads: 1, gpu: true });
  torches.push(worker);
  return worker;
});
const timings = (await measure(boxes.map(prepare), { rounds: 7, sampleMs: 500 }, starts)) as [
  Timing,
  Timing,
  Timing,
  Timing,
];
const [ours, tiny, torch, torchTiny] = timings;
const timesTorch = 1 / speedRatio(ours, torch);
process.stdout.write(
  [
    `webgpu on ${engines.webgpu.device()}, PyTorch ${torches[0]?.version} on ${torches[0]?.device}`,
    `a step of ${batch} pictures of ${side}×${side}: ${ours.msPerStep.toFixed(2)} ms, PyTorch ${torch.msPerStep.toFixed(2)} ms, ${timesTorch.toFixed(2)} times PyTorch's (must be ≤ ${MOST_OF_TORCH})`,
    `the tiny step: ${tiny.msPerStep.toFixed(2)} ms (must be ≤ ${MOST_TINY_MS}), PyTorch ${torchTiny.msPerStep.toFixed(2)} ms`,
    JSON.stringify({ timesTorch, tinyMs: tiny.msPerStep, timings }),
    "",
  ].join("\n"),
);
process.exit(timesTorch <= MOST_OF_TORCH && tiny.msPerStep <= MOST_TINY_MS ? 0 : 1);
