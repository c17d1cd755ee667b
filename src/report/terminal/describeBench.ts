import { printNumber } from "../../foundation/print/printNumber.ts";
import { printTable } from "../../foundation/print/printTable.ts";
import type { Bench } from "../../lab/engines/bench.ts";

/** A benchmark as a table for a terminal, with the ratios under it. */
export function describeBench(bench: Bench): string {
  const table = printTable({
    head: ["engine", "what", "picture", "filters", "batch", "ms", "spread", "GFLOP/s"],
    aligns: ["left", "left", "right", "left", "right", "right", "right", "right"],
    rows: bench.rows.map((row) => [
      row.engine,
      `${row.variant === "learnproof" ? "" : `${row.variant} `}${row.pass}${row.probes ? ", probed" : ""}`,
      `${row.network.imageSize}×${row.network.imageSize}`,
      row.network.filters.join(" "),
      row.batch,
      printNumber(row.msPerStep),
      `±${Math.round(row.spread * 50)} %`,
      printNumber(row.gflops),
    ]),
  });
  const { stepToStockForward } = bench;
  return [
    table,
    "On 32×32 pictures, one process, ratios of things timed in this run:",
    `  step : stock cpu backend, GFLOP/s             ${printNumber(bench.ratioToStockCpu)}`,
    `  step : stock wasm forward pass, GFLOP/s       ${printNumber(stepToStockForward.batch32)} (batch 32), ${printNumber(stepToStockForward.batch128)} (batch 128)`,
    `  tiny step : through tf.layers, time           ${printNumber(bench.tinyToStockLayers)}`,
    `  probes on : probes off, time                  ${printNumber(bench.probesToNoProbes)}`,
    `  two processes : one, work done                ${printNumber(bench.twoProcesses)}`,
  ].join("\n");
}
