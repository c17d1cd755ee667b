import { availableParallelism } from "node:os";
import type { EngineName } from "../../learning/engine/engineName.ts";
import { MOST_THREADS } from "../../learning/engine/threads.ts";
import { measure, measureTwoProcesses, type Sampling, speedRatio, type Timing } from "./measure.ts";
import {
  type BoxWorkload,
  configOf,
  operationsOf,
  questionNetwork,
  STEP,
  TINY,
  type Workload,
} from "./workload.ts";

/** The measured speed of a box network. */
export interface Speed extends BoxWorkload, Timing {
  readonly imageSize: number;
  /** 10⁹ floating-point operations a second, at the median. */
  readonly gflops: number;
}

/** The benchmark's rows and its main ratios, all measured in one run. */
export interface Bench {
  readonly rows: readonly Speed[];
  /** Learnproof's training step over that of the stock cpu backend, in GFLOP/s, at 32×32. */
  readonly ratioToStockCpu: number;
  /** Learnproof's training step over the stock wasm forward pass, in GFLOP/s, at 32×32. */
  readonly stepToStockForward: { readonly batch32: number; readonly batch128: number };
  /** Time of a tiny step over that of the same step through tf.layers and tf.train. */
  readonly tinyToStockLayers: number;
  /** Time of a step with the probes of the trace, over that of a step without. */
  readonly probesToNoProbes: number;
  /**
   * By the number of threads (2, and as many as the machine has cores): how many times as fast as one thread they make a
   * step at 32×32.
   */
  readonly threads: ThreadRatios;
  /** The same for a batch of 128. */
  readonly threadsAtBatch128: ThreadRatios;
  /** Work that two processes do at the same time, over the work of one. */
  readonly twoProcesses: number;
}

/** Ratios of speed by the number of threads, such as `{"2": 1.8}`; empty on a machine with one core. */
export type ThreadRatios = Readonly<Record<string, number>>;

/** Each sample is long enough for a probe or two; here a probe is made every 27 steps. */
const WITH_PROBES = { rounds: 5, sampleMs: 3000 };
const IMAGE_SIZES = [16, 32, 64];
const BATCHES = [1, 32, 128];

/**
 * Times training steps of the question's network on every installed engine, and the stock variants that they are
 * compared with. This takes a few minutes.
 */
export async function bench(
  engines: readonly EngineName[],
  onProgress: (part: string) => void = () => undefined,
): Promise<Bench> {
  const rows: Speed[] = [];
  for (const imageSize of IMAGE_SIZES) {
    onProgress(`pictures of ${imageSize}×${imageSize}`);
    rows.push(...(await measureBoxes(workloadsFor(imageSize, engines))));
  }
  onProgress("tiny steps, probes and two processes");
  const question = { ...STEP, network: questionNetwork(32), batch: 32 };
  const tiny = { ...STEP, network: TINY, batch: 1 };
  const [ours, stockLayers] = (await measureBoxes([tiny, { ...tiny, variant: "stock layers" }])) as [
    Speed,
    Speed,
  ];
  const [unprobed, probed] = (await measureBoxes([question, { ...question, probes: true }], WITH_PROBES)) as [
    Speed,
    Speed,
  ];
  rows.push(ours, stockLayers, probed);
  onProgress("threads");
  const threads = await measureThreads(32);
  const threadsAtBatch128 = await measureThreads(128);
  rows.push(...threads.rows, ...threadsAtBatch128.rows);
  const step = (batch: number) => find(rows, { ...STEP, imageSize: 32, batch });
  const stockForward = (batch: number) =>
    find(rows, { engine: "wasm", variant: "stock", pass: "forward", imageSize: 32, batch });
  const stockCpu = find(rows, { engine: "cpu", imageSize: 32 });
  return {
    rows,
    ratioToStockCpu: arithmeticRatio(step(32), stockCpu),
    stepToStockForward: {
      batch32: arithmeticRatio(step(32), stockForward(32)),
      batch128: arithmeticRatio(step(128), stockForward(128)),
    },
    tinyToStockLayers: 1 / speedRatio(ours, stockLayers),
    probesToNoProbes: 1 / speedRatio(probed, unprobed),
    threads: threads.ratios,
    threadsAtBatch128: threadsAtBatch128.ratios,
    twoProcesses: await measureTwoProcesses(prepare(question)),
  };
}

/** One thread, two, and as many as the machine has cores, as far as it has them. */
export function threadCounts(): number[] {
  const cores = Math.min(availableParallelism(), MOST_THREADS);
  return [...new Set([1, 2, cores])].filter((count) => count <= cores);
}

/** Times a step at 32×32 on two threads, and on one for each core, beside one thread. */
async function measureThreads(batch: number): Promise<{ rows: readonly Speed[]; ratios: ThreadRatios }> {
  const counts = threadCounts().filter((count) => count > 1);
  if (counts.length === 0) return { rows: [], ratios: {} };
  const box = { ...STEP, network: questionNetwork(32), batch };
  const [one, ...rows] = await measureBoxes([box, ...counts.map((threads) => ({ ...box, threads }))]);
  const ratios = rows.map((row): [string, number] => [String(row.threads), speedRatio(row, one as Speed)]);
  return { rows, ratios: Object.fromEntries(ratios) };
}

/** Times box networks side by side. */
export async function measureBoxes(boxes: readonly BoxWorkload[], sampling?: Sampling): Promise<Speed[]> {
  const timings = await measure(boxes.map(prepare), sampling);
  return boxes.map((box, index) => {
    const timing = timings[index] as Timing;
    const gflops = operationsOf(box) / (timing.msPerStep * 1e6);
    return { ...box, ...timing, imageSize: box.network.imageSize, gflops };
  });
}

/** The config of a box network to time, and how it is run. */
export function prepare(box: BoxWorkload): Workload {
  const { engine, variant, pass, probes, threads } = box;
  return { engine, variant, pass, probes, threads, config: configOf(box) };
}

/** Ratio of the floating-point operations a second of two workloads timed side by side. */
function arithmeticRatio(speed: Speed, other: Speed): number {
  return speedRatio(speed, other) * (operationsOf(speed) / operationsOf(other));
}

function workloadsFor(imageSize: number, engines: readonly EngineName[]): BoxWorkload[] {
  const network = questionNetwork(imageSize);
  return engines.flatMap((engine) => {
    // The cpu backend takes a second for each picture at 32×32, so one picture is enough to measure its speed.
    if (engine === "cpu") {
      return imageSize > 32 ? [] : [{ ...STEP, engine, variant: "stock", network, batch: 1 } as const];
    }
    return BATCHES.flatMap((batch): BoxWorkload[] => [
      { ...STEP, engine, network, batch },
      ...(engine === "wasm"
        ? [{ ...STEP, engine, variant: "stock", pass: "forward", network, batch } as const]
        : []),
    ]);
  });
}

function find(rows: readonly Speed[], wanted: Partial<Speed>): Speed {
  const found = rows.find((row) =>
    Object.entries(wanted).every(([key, value]) => row[key as keyof Speed] === value),
  );
  if (!found) throw new Error(`bench: no row has ${JSON.stringify(wanted)}`);
  return found;
}
