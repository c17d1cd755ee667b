import Table from "cli-table3";
import type { Bench } from "../bench/bench.ts";
import { printNumber } from "./printNumber.ts";

/** A benchmark as a table for a terminal, with the ratios under it. */
export function describeBench(bench: Bench): string {
  const table = new Table({
    head: ["engine", "what", "picture", "filters", "batch", "ms", "spread", "GFLOP/s"],
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
    colAligns: ["left", "left", "right", "left", "right", "right", "right", "right"],
  });
  for (const { engine, variant, pass, probes, network, batch, msPerStep, spread, gflops } of bench.rows) {
    const what = `${variant === "learnproof" ? "" : `${variant} `}${pass}${probes ? ", probed" : ""}`;
    const picture = `${network.imageSize}×${network.imageSize}`;
    table.push([
      engine,
      what,
      picture,
      network.filters.join(" "),
      batch,
      printNumber(msPerStep),
      `±${Math.round(spread * 50)} %`,
      printNumber(gflops),
    ]);
  }
  const { stepToStockForward } = bench;
  return [
    table.toString(),
    "On 32×32 pictures, one process, ratios of things timed in this run:",
    `  step : stock cpu backend, GFLOP/s             ${printNumber(bench.ratioToStockCpu)}`,
    `  step : stock wasm forward pass, GFLOP/s       ${printNumber(stepToStockForward.batch32)} (batch 32), ${printNumber(stepToStockForward.batch128)} (batch 128)`,
    `  tiny step : through tf.layers, time           ${printNumber(bench.tinyToStockLayers)}`,
    `  probes on : probes off, time                  ${printNumber(bench.probesToNoProbes)}`,
    `  two processes : one, work done                ${printNumber(bench.twoProcesses)}`,
  ].join("\n");
}
