import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadPackage } from "../../../../src/learning/engine/tensorflow/load.ts";
import { anyAddon, withoutItsLibrary } from "./anyAddon.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "learnproof-package-"));
});
afterEach(() => rm(folder, { recursive: true }));

const ADDON = "lib/tfjs_binding.node";
const MAIN = { "index.js": `require("./${ADDON}");` };
const NEVER_FETCHED = "its addon is missing: the package's install script did not run, or failed";

async function fault(files: Readonly<Record<string, string | Uint8Array>>): Promise<string | null> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return loadPackage(folder);
}

describe("loading a package of TensorFlow's", () => {
  test("says on one line what of it is missing", async () => {
    expect(await fault({})).toMatch(/^Cannot find module .+$/);
    expect(await fault(MAIN)).toBe(`Cannot find module './${ADDON}'`);
    expect(await fault({ ...MAIN, "package.json": '{ "binary": {} }' })).toBe(NEVER_FETCHED);
  });

  test("says that its package.json cannot be read", async () => {
    expect(await fault({ ...MAIN, "package.json": "" })).toMatch(/JSON/);
  });
});

describe.skipIf(process.platform !== "linux")("loading a package whose native files are", () => {
  test("whole loads them: the twin", async () => {
    const files = { ...MAIN, "package.json": '{ "binary": {} }', [ADDON]: anyAddon() };

    expect(await fault({ ...files, "deps/lib/libtensorflow.so.2": anyAddon() })).toBe(
      "it brings no backend of the name tensorflow",
    );
  });

  test.each([1, 1000, 5_000_000])("%d bytes too short says so, of addon and library", async (missing) => {
    const short = anyAddon().subarray(0, -missing);

    expect(await fault({ ...MAIN, [ADDON]: short })).toBe(`${ADDON} is cut short`);
    expect(await fault({ [ADDON]: anyAddon(), "deps/lib/libtensorflow.so.2": short })).toBe(
      "deps/lib/libtensorflow.so.2 is cut short",
    );
  });

  test.each([
    ["nothing at all", "", "file too short"],
    ["less than a header", anyAddon().subarray(0, 20), `${ADDON} is cut short`],
    ["a page of HTML", "<html>".repeat(100), "invalid ELF header"],
    ["made for a library that is missing", withoutItsLibrary(anyAddon()), "libtensorflow: cannot open"],
  ])("%s says so", async (_what, addon, why) => {
    expect(await fault({ ...MAIN, [ADDON]: addon })).toContain(why);
  });
});
