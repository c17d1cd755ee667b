import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
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

const CACHE = "node_modules/.cache/learnproof-kernels";

/** What the kernels compile to, kept under the hash of all that the compiler is given. */
async function compiled(...options: string[]): Promise<Buffer> {
  const hash = createHash("sha256").update(options.join(" "));
  hash.update(await readFile("node_modules/assemblyscript/package.json"));
  for (const file of (await readdir(new URL("assembly/", folder))).sort())
    hash.update(file).update(await readFile(new URL(`assembly/${file}`, folder)));
  const path = join(CACHE, `${hash.digest("hex")}.wasm`);
  const known = await readFile(path).catch(() => null);
  if (known) return known;
  const bytes = await compile(...options);
  await mkdir(CACHE, { recursive: true });
  await writeFile(path, bytes);
  return bytes;
}

/** Compiles the kernels into a folder of its own, with the committed config and further options. */
async function compile(...options: string[]): Promise<Buffer> {
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

test("docs/engines.md says how large the module is", async () => {
  const { size } = await stat(new URL("kernels.wasm", folder));
  const page = await readFile("docs/engines.md", "utf8");

  expect(page).toContain(`a ${Math.round(size / 1000)} KB SIMD module`);
  expect(page).not.toContain(`a ${Math.round(size / 1000) + 1} KB SIMD module`);
});
