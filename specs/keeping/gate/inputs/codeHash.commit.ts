import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { hashCode } from "../../../../src/keeping/gate/inputs/codeHash.ts";
import { builtPackage } from "../../../builtPackage.ts";

let folder: string;
let copies = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "learnproof-code-"));
});

afterAll(() => rm(folder, { recursive: true }));

let code: string;

/** What a bundler cannot leave out. */
const EFFECT = "\nglobalThis.edited = true;\n";

// The hash of a folder is taken once, so that each test has one of its own.
beforeEach(async () => {
  code = join(folder, `src${copies++}`);
  await cp("src", code, { recursive: true });
});

async function edit(file: string, change: (text: string) => string): Promise<void> {
  const path = join(code, file);
  const text = await readFile(path, "latin1");
  expect(change(text)).not.toBe(text);
  await writeFile(path, change(text), "latin1");
}

describe("the hash of the code that a measurement runs", () => {
  test("is the same for the same code, wherever it lies", async () => {
    expect(await hashCode(code)).toBe(await hashCode());
  });

  test.each([
    ["what is measured", "keeping/gate/measurement/measure.ts"],
    ["a network", "learning/subject/denseNetwork.ts"],
    ["a formula far below", "foundation/numbers/statistics.ts"],
    ["a verdict", "judging/outcome/verdict.ts"],
    ["an engine that is loaded when it is asked for", "learning/engine/wasm/install.ts"],
    ["compiled kernels", "learning/engine/wasm/kernels.wasm"],
  ])("changes with %s", async (_, file) => {
    const hash = await hashCode();

    await edit(file, (text) => text + EFFECT);

    expect(await hashCode(code)).not.toBe(hash);
  });

  test("changes with a module that nobody imported before, in whatever folder it lies", async () => {
    const hash = await hashCode();
    await writeFile(join(code, "cli", "half.ts"), "export const half = (x: number) => x / 2;\n");
    await edit(
      "judging/outcome/verdict.ts",
      (text) => `import { half } from "../../cli/half.ts";\n${text}\nhalf(globalThis.length);\n`,
    );

    expect(await hashCode(code)).not.toBe(hash);
  });

  test("stays where the command line, a comparison, the diagnosis, a report or what is exported changed", async () => {
    const hash = await hashCode();

    for (const file of [
      "cli/check.ts",
      "keeping/gate/comparing/compare.ts",
      "judging/diagnosis/diagnose.ts",
      "report/html/page.ts",
      "index.ts",
    ])
      await edit(file, (text) => text + EFFECT);

    expect(await hashCode(code)).toBe(hash);
  });

  test("stays where a comment changed, or the line ends of a checkout", async () => {
    const hash = await hashCode();

    await edit("learning/subject/boxNetwork.ts", (text) => `${text}// more\n`.replaceAll("\n", "\r\n"));

    expect(await hashCode(code)).toBe(hash);
  });

  test("is taken of what was built, too", async () => {
    const built = join(folder, "built");
    await cp(builtPackage(), built, { recursive: true });
    await symlink(resolve("node_modules"), join(built, "node_modules"), "dir");
    const program =
      'import("./dist/keeping/gate/inputs/codeHash.js").then(async (m) => console.log(await m.hashCode()))';
    const run = async () =>
      (await promisify(execFile)(process.execPath, ["-e", program], { cwd: built })).stdout;
    const hash = await run();

    expect(hash).toMatch(/^[0-9a-f]{64}\n$/);
    expect(await run()).toBe(hash);
    const network = join(built, "dist/learning/subject/denseNetwork.js");
    await writeFile(network, (await readFile(network, "utf8")).replaceAll('"output"', '"out"'));
    expect(await run()).not.toBe(hash);
  });
});
