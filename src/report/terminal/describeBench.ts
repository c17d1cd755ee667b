import { printNumber } from "../../foundation/print/printNumber.ts";
import { printTable } from "../../foundation/print/printTable.ts";
import type { Bench, Speed } from "../../lab/engines/bench.ts";
import type { Change } from "../../lab/engines/compareBenches.ts";
import type { TorchComparison } from "../../lab/engines/torch.ts";

/** A benchmark as a table for a terminal, with the ratios under it. */
export function describeBench(bench: Bench): string {
  const table = printTable({
    head: ["engine", "what", "threads", "picture", "filters", "batch", "ms", "spread", "GFLOP/s"],
    aligns: ["left", "left", "right", "right", "left", "right", "right", "right", "right"],
    rows: bench.rows.map((row) => [
      row.engine,
      describePass(row),
      row.threads,
      `${row.network.imageSize}×${row.network.imageSize}`,
      row.network.filters.join(" "),
      row.batch,
      printNumber(row.msPerStep),
      `±${Math.round(row.spread * 50)} %`,
      printNumber(row.gflops),
    ]),
  });
  const { stepToStockForward } = bench;
  const threads = [...Object.entries(bench.threads)].map(
    ([count, ratio]) =>
      `  ${count} threads : one, speed`.padEnd(48) +
      `${printNumber(ratio)} (batch 32), ${printNumber(bench.threadsAtBatch128[count] ?? Number.NaN)} (batch 128)`,
  );
  return [
    table,
    "On 32×32 pictures, one thread unless it says more, ratios of things timed in this run:",
    `  step : stock cpu backend, GFLOP/s             ${printNumber(bench.ratioToStockCpu)}`,
    `  step : stock wasm forward pass, GFLOP/s       ${printNumber(stepToStockForward.batch32)} (batch 32), ${printNumber(stepToStockForward.batch128)} (batch 128)`,
    `  tiny step : through tf.layers, time           ${printNumber(bench.tinyToStockLayers)}`,
    `  probes on : probes off, time                  ${printNumber(bench.probesToNoProbes)}`,
    `  two processes : one, work done                ${printNumber(bench.twoProcesses)}`,
    ...threads,
  ].join("\n");
}

function describePass({ variant, pass, probes }: Speed): string {
  return `${variant === "learnproof" ? "" : `${variant} `}${pass}${probes ? ", probed" : ""}`;
}

/** The rows of a run beside those of an earlier one, as lines for a terminal; none for none. */
export function describeChanges(changes: readonly Change[]): string[] {
  if (changes.length === 0) return [];
  const table = printTable({
    head: ["engine", "what", "threads", "picture", "batch", "ms then", "ms now", "times as fast"],
    aligns: ["left", "left", "right", "right", "right", "right", "right", "right"],
    rows: changes.map(({ row, earlierMs, speed }) => [
      row.engine,
      describePass(row),
      row.threads,
      `${row.imageSize}×${row.imageSize}`,
      row.batch,
      printNumber(earlierMs),
      printNumber(row.msPerStep),
      printNumber(speed),
    ]),
  });
  return [
    "Beside the earlier run (another time, perhaps another machine: compare ratios above first):",
    table,
  ];
}

/** This engine beside PyTorch, as a table for a terminal. */
export function describeTorch({ version, rows }: TorchComparison): string {
  const table = printTable({
    head: ["batch", "threads", "ours, ms", "PyTorch, ms", "our speed, PyTorch = 1"],
    aligns: ["right", "right", "right", "right", "right"],
    rows: rows.map(({ batch, threads, ours, torch, speed }) => [
      batch,
      threads,
      printNumber(ours.msPerStep),
      printNumber(torch.msPerStep),
      printNumber(speed),
    ]),
  });
  return `A training step of the question's network on 32×32 pictures, PyTorch ${version} on the CPU:\n${table}`;
}
