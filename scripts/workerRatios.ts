// Prints what workers gain here: wall time of a command with them over that without, as the median of alternating pairs.
// Run: npx tsx scripts/workerRatios.ts [pairs] [word]: only the rows with this word. It needs the built package (npm run
// build).

import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";

const MAIN = new URL("../dist/cli/main.js", import.meta.url).pathname;
const pairs = Number(process.argv[2] ?? 5);
const word = process.argv[3] ?? "";
const folder = mkdtempSync(join(tmpdir(), "learnproof-ratios-"));

const FAILING = {
  model: { outputActivation: "sigmoid", kernelInitializer: "zeros" },
  training: { steps: 100, optimizer: { name: "sgd", learningRate: 0.00001 } },
};
const ALPHA = { training: { steps: 100, loss: { name: "mse+msle" } } };
writeFileSync(join(folder, "failing.json"), JSON.stringify(FAILING));
writeFileSync(join(folder, "alpha.json"), JSON.stringify(ALPHA));

/** The gate and the calibration take some 20 s each on one thread. */
const GATED = {
  model: { imageSize: 16, channels: 1, filters: [8, 16, 32], hiddenUnits: [24] },
  data: { examples: 300, heldOut: 100, boxSize: 4, noise: 0.2 },
  training: { optimizer: { name: "adam", learningRate: 0.003 }, batchSize: 32, steps: 300 },
};
writeFileSync(join(folder, "gated.json"), JSON.stringify(GATED));

/** A command, the options that each side of the pair adds, and what the pair compares. */
const rows = [
  ["check, default config", ["check"], ["--threads", "1", "--workers", "1"], []],
  ["check, default config, beside threads alone", ["check"], ["--workers", "1"], []],
  ["check that fails", ["check", "failing.json"], ["--threads", "1", "--workers", "1"], []],
  ["check that fails, beside threads alone", ["check", "failing.json"], ["--workers", "1"], []],
  ["gate --all", ["gate", "--all"], ["--threads", "1", "--workers", "1"], []],
  [
    "calibrate",
    ["calibrate", "--healthy", "12", "--mutated", "0", "--blob", "part.json"],
    ["--threads", "1", "--workers", "1"],
    [],
  ],
  ["ladder --alpha", ["ladder", "alpha.json", "--alpha"], ["--threads", "1", "--workers", "1"], []],
] as const;

function seconds(args: readonly string[]): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, [MAIN, ...args, "--json"], { cwd: folder, stdio: "ignore" });
  if (status !== 0 && status !== 1) throw new Error(`${args.join(" ")} ended with ${status}`);
  return (performance.now() - start) / 1000;
}

/** Runs a command in as many processes as the machine has cores, all at the same time. */
async function secondsAtOnce(args: readonly string[]): Promise<number> {
  const start = performance.now();
  const ends = Array.from({ length: availableParallelism() }, () => {
    const child = spawn(process.execPath, [MAIN, ...args, "--json"], { cwd: folder, stdio: "ignore" });
    return new Promise((done) => child.once("exit", done));
  });
  await Promise.all(ends);
  return (performance.now() - start) / 1000;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}

try {
  seconds(["gate", "gated.json", "--update", "--seeds", "24"]);
  for (const [title, command, without, withThem] of rows.filter(([title]) => title.includes(word))) {
    const ratios = Array.from({ length: pairs }, () => {
      const slow = seconds([...command, ...without]);
      return seconds([...command, ...withThem]) / slow;
    });
    const load = loadavg()[0]?.toFixed(1);
    const range = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
    // Processes that share nothing but the machine: no division of the work does better.
    const limit =
      (await secondsAtOnce([...command, ...without])) /
      availableParallelism() /
      seconds([...command, ...without]);
    process.stdout.write(
      `${title}: ${median(ratios).toFixed(2)} (${pairs} pairs, ${range}; ${availableParallelism()} cores, load ${load}); the machine itself allows ${limit.toFixed(2)}\n`,
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}
