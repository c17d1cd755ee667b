import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const folder = new URL("../../../../src/learning/engine/wasm/", import.meta.url);
const compiler = fileURLToPath(
  new URL("../../../../node_modules/assemblyscript/bin/asc.js", import.meta.url),
);
const config = fileURLToPath(new URL("assembly/asconfig.json", folder));

/** Compiles the kernels into a folder of its own, with the committed config and further options. */
async function compiled(...options: string[]): Promise<Buffer> {
  const out = await mkdtemp(join(tmpdir(), "kernels-"));
  try {
    const file = join(out, "kernels.wasm");
    await promisify(execFile)(process.execPath, [
      compiler,
      "--config",
      config,
      "--outFile",
      file,
      ...options,
    ]);
    return await readFile(file);
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

test("the committed kernels are what their source compiles to, byte for byte", async () => {
  const committed = await readFile(new URL("kernels.wasm", folder));

  expect(committed.equals(await compiled())).toBe(true);
});

test("another compilation of the same source is told apart", async () => {
  const committed = await readFile(new URL("kernels.wasm", folder));

  expect(committed.equals(await compiled("--optimizeLevel", "0"))).toBe(false);
});
