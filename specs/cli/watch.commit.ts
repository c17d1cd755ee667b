import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { builtPackage } from "../builtPackage.ts";

const CONFIG = {
  subject: "dense",
  model: { inputs: 1, hidden: [{ units: 8, activation: "tanh" }] },
  data: { formula: ["x0 * x0"], inputRange: [-1, 1], examples: 60, heldOut: 20 },
  training: { optimizer: { name: "adam", learningRate: 0.03 }, steps: 300 },
};
/** A check in a new process, on a machine that has other work too. */
const PATIENCE = { timeout: 300_000, interval: 200 };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "learnproof-watch-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function put(name: string, config: object): Promise<void> {
  return writeFile(join(folder, name), JSON.stringify(config));
}

test("check --watch checks again when the config changes, by what it says then, and at no other change", async () => {
  await put("my.json", CONFIG);
  const args = [join(builtPackage(), "dist/cli/main.js"), "check", "my.json", "--watch", "--quiet"];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  let remarks = "";
  child.stdout.on("data", (text) => {
    printed += text;
  });
  child.stderr.on("data", (text) => {
    remarks += text;
  });
  const outcomes = () => printed.trim().split("\n").filter(Boolean);
  const watching = () => remarks.split("watching one file").length - 1;

  try {
    await vi.waitUntil(() => watching() === 1, PATIENCE);
    expect(outcomes()).toEqual([expect.stringMatching(/^learns, 0 of/)]);

    await put("other.json", CONFIG);
    await put("my.json", { ...CONFIG, model: { ...CONFIG.model, kernelInitializer: "zeros" } });
    await vi.waitUntil(() => watching() === 2, PATIENCE);

    expect(remarks).toContain("my.json changed");
    expect(remarks).not.toContain("other.json changed");
    expect(outcomes()).toEqual([expect.any(String), expect.stringMatching(/cause symmetric-initialisation/)]);
  } finally {
    const exit = once(child, "exit");
    child.kill();
    await exit;
  }
});
