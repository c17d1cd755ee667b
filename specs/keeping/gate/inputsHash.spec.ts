import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hashInputs, isMeasured } from "../../../src/keeping/gate/inputsHash.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";

let code: string;
const config = parseConfig({});

beforeEach(async () => {
  code = await mkdtemp(join(tmpdir(), "learnproof-code-"));
  for (const folder of ["learning/subject", "learning/engine", "cli"])
    await cp(join("src", folder), join(code, folder), { recursive: true });
});

afterEach(() => rm(code, { recursive: true }));

async function edit(file: string, change: (text: string) => string): Promise<void> {
  const path = join(code, file);
  await writeFile(path, change(await readFile(path, "latin1")), "latin1");
}

describe("the content hash of a subject's inputs", () => {
  test("is that of config, engine, code and the versions installed", async () => {
    const hash = await hashInputs({ config, engine: "wasm", code });

    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(await hashInputs({ config, engine: "wasm", code })).toBe(hash);
    expect(await hashInputs({ config, engine: "cpu", code })).not.toBe(hash);
    const other = parseConfig({ training: { steps: 499 } });
    expect(await hashInputs({ config: other, engine: "wasm", code })).not.toBe(hash);
    expect(await hashInputs({ config: { ...config, seed: 9 }, engine: "wasm", code })).toBe(hash);
  });

  test.each(["learning/subject/boxNetwork.ts", "learning/engine/wasm/kernels.wasm"])(
    "changes with %s",
    async (file) => {
      const hash = await hashInputs({ config, engine: "wasm", code });

      await edit(file, (text) => `${text} `);

      expect(await hashInputs({ config, engine: "wasm", code })).not.toBe(hash);
    },
  );

  test("stays where only the command line changed, or the line ends of a checkout", async () => {
    const hash = await hashInputs({ config, engine: "wasm", code });

    await edit("cli/check.ts", (text) => `${text}// more`);
    await edit("learning/subject/boxNetwork.ts", (text) => text.replaceAll("\n", "\r\n"));

    expect(await hashInputs({ config, engine: "wasm", code })).toBe(hash);
  });

  test("leaves out no code that a measurement runs", async () => {
    const files = await importsOf(join("src", "keeping/gate/measurement/measure.ts"));

    const names = [...files].map((file) => relative("src", file).split(sep).join("/"));
    expect(names.filter((name) => !isMeasured(name))).toEqual([]);
    for (const folder of ["config", "loss", "subject", "training"])
      expect(names.some((name) => name.startsWith(`learning/${folder}/`))).toBe(true);
  });
});

/** A file and all that it imports of ours, by whatever way. */
async function importsOf(file: string, found = new Set<string>()): Promise<ReadonlySet<string>> {
  if (found.has(file)) return found;
  found.add(file);
  const text = await readFile(file, "utf8");
  const imports = text.matchAll(/^(?:import|export|\} from|.*\bimport\().*?"(\.[^"]+\.ts)"/gm);
  for (const [, path] of imports) await importsOf(join(dirname(file), path as string), found);
  return found;
}
