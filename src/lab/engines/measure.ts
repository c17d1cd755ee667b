import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { interquartileRange, median } from "simple-statistics";
import type { Reply, Request } from "./worker.ts";
import type { Workload } from "./workload.ts";

/** A workload's speed. */
export interface Timing {
  /** Milliseconds of one pass in each round. */
  readonly samples: readonly number[];
  /** Median over the samples. */
  readonly msPerStep: number;
  /** Interquartile range of the samples over their median. */
  readonly spread: number;
}

/** How many samples are taken, and how long each is. */
export interface Sampling {
  /** Samples of each workload; they take turns. */
  readonly rounds: number;
  /** Milliseconds of a sample; it consists of as many passes as fit, at least one. */
  readonly sampleMs: number;
}

const THOROUGH: Sampling = { rounds: 9, sampleMs: 200 };

/**
 * Times workloads side by side, each in its own process, and after them whatever else `others` start. In every round it
 * takes one sample of each, so that the ratio of two rows compares times measured under the same conditions.
 *
 * On a busy machine, the median of a few samples is biased upwards; ratios are biased less.
 */
export async function measure(
  workloads: readonly Workload[],
  { rounds, sampleMs }: Sampling = THOROUGH,
  others: readonly (() => Promise<TimedWorker>)[] = [],
): Promise<Timing[]> {
  const workers: TimedWorker[] = [];
  try {
    for (const workload of workloads) workers.push(await startWorker(workload));
    for (const start of others) workers.push(await start());
    const samples = workers.map((): number[] => []);
    for (let round = 0; round < rounds; round++) {
      for (const [index, worker] of workers.entries()) samples[index]?.push(await worker.sample(sampleMs));
    }
    return samples.map(summarise);
  } finally {
    for (const worker of workers) worker.stop();
  }
}

/**
 * Returns how many times as fast as `other` a workload is. It takes the ratio within each round, whose two samples are
 * close in time and share the machine's noise, and returns the median over the rounds.
 */
export function speedRatio(speed: Timing, other: Timing): number {
  return median(speed.samples.map((ms, round) => (other.samples[round] as number) / ms));
}

/** Measures the work of two simultaneous processes over that of one: 2 if they do not slow each other down. */
export async function measureTwoProcesses(
  workload: Workload,
  { rounds, sampleMs }: Sampling = THOROUGH,
): Promise<number> {
  const workers = [await startWorker(workload), await startWorker(workload)];
  try {
    const ratios: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const alone = await (workers[round % 2] as TimedWorker).sample(4 * sampleMs);
      const together = await Promise.all(workers.map((worker) => worker.sample(4 * sampleMs)));
      ratios.push(together.reduce((sum, ms) => sum + alone / ms, 0));
    }
    return median(ratios);
  } finally {
    for (const worker of workers) worker.stop();
  }
}

function summarise(samples: readonly number[]): Timing {
  const msPerStep = median([...samples]);
  return { samples, msPerStep, spread: interquartileRange([...samples]) / msPerStep };
}

/** A process that times something. */
export interface TimedWorker {
  /** Milliseconds of one pass, averaged over as many as fit into a sample, at least one. */
  sample(sampleMs: number): Promise<number>;
  stop(): void;
}

async function startWorker(workload: Workload): Promise<TimedWorker> {
  const isSource = import.meta.url.endsWith(".ts");
  const process = fork(new URL(isSource ? "./worker.ts" : "./worker.js", import.meta.url), {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    execArgv: isSource ? ["--import", import.meta.resolve("tsx")] : [],
  });
  await ask(process, { workload });
  return {
    sample: async (sampleMs) => (await ask(process, { sampleMs })) as number,
    stop: () => process.kill(),
  };
}

async function ask(process: ChildProcess, request: Request): Promise<number | null> {
  const answered = new AbortController();
  const { signal } = answered;
  const reply = once(process, "message", { signal });
  const exit = once(process, "exit", { signal }).then(([code]) => {
    throw new Error(`bench: a timing process must answer, it ended with exit code ${code}`);
  });
  process.send(request);
  try {
    const [answer] = (await Promise.race([reply, exit])) as [Reply];
    if ("error" in answer) throw new Error(`bench: a workload must run, got: ${answer.error}`);
    return answer.msPerPass;
  } finally {
    answered.abort();
    await Promise.allSettled([reply, exit]);
  }
}
