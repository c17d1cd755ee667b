import { prepare } from "./bench.ts";
import { measure, type Sampling, speedRatio, type Timing } from "./measure.ts";
import { startTorch } from "./torchWorker.ts";
import { questionNetwork, STEP } from "./workload.ts";

/** PyTorch's eager training step on the CPU beside ours, at 32×32. */
export interface TorchComparison {
  /** PyTorch's version. */
  readonly version: string;
  readonly rows: readonly TorchRow[];
}

/** Both steps on one batch and one number of threads, timed in turn. */
export interface TorchRow {
  readonly batch: number;
  readonly threads: number;
  /** Milliseconds of our step. */
  readonly ours: Timing;
  /** Milliseconds of PyTorch's step. */
  readonly torch: Timing;
  /** Our speed over PyTorch's: 1 if they are as fast. */
  readonly speed: number;
}

/**
 * Times PyTorch and this engine in turn, on batches of 32 and 128 and on each number of threads.
 *
 * @throws {InputError} where `python3` has no PyTorch.
 */
export async function compareWithTorch(
  threadCounts: readonly number[],
  sampling?: Sampling,
  network = questionNetwork(32),
): Promise<TorchComparison> {
  let version = "";
  const rows: TorchRow[] = [];
  for (const threads of threadCounts) {
    for (const batch of [32, 128]) {
      const start = async () => {
        const worker = await startTorch(network, batch, { threads });
        version = worker.version;
        return worker;
      };
      const [ours, torch] = (await measure([prepare({ ...STEP, network, batch, threads })], sampling, [
        start,
      ])) as [Timing, Timing];
      rows.push({ batch, threads, ours, torch, speed: speedRatio(ours, torch) });
    }
  }
  return { version, rows };
}
