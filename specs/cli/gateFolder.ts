// A folder with one config and its baseline, which specs of the gate begin with.

import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tinyConfig } from "../keeping/gate/tinyConfig.ts";
import { runInProcess } from "./runCli.ts";

/** Where the baseline of `tiny.json` lies. */
export const BASELINE = join("fixtures", "baselines", "wasm", "tiny.json");
/** With the fewest seeds that a gate may have: choosing more by the spread takes a minute. */
export const UPDATE = ["--update", "--seeds", "24"] as const;
export const REASON = ["--reason", "to see what happens"] as const;
/** Its loss is not finite after a few steps, so that it costs no time to measure. */
export function runaway() {
  const { training, ...rest } = tinyConfig();
  return { ...rest, training: { ...training, optimizer: { name: "sgd", learningRate: 1e6 } } };
}

export interface GateFolder {
  readonly folder: string;
  /** The baseline as the gate wrote it. */
  readonly baseline: string;
  /** Writes `tiny.json`. */
  configure(config: object): Promise<void>;
}

/** Makes the folder, which the caller removes. */
export async function makeGateFolder(): Promise<GateFolder> {
  const folder = await mkdtemp(join(tmpdir(), "learnproof-gate-"));
  const configure = (config: object) => writeFile(join(folder, "tiny.json"), JSON.stringify(config, null, 2));
  await configure(tinyConfig());
  await runInProcess(["gate", "tiny.json", ...UPDATE, "--engine", "wasm"], folder);
  return { folder, configure, baseline: await readFile(join(folder, BASELINE), "utf8") };
}
