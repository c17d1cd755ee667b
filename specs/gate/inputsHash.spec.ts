import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseConfig } from "../../src/config/parseConfig.ts";
import { hashInputs } from "../../src/gate/inputsHash.ts";

let code: string;
const config = parseConfig({});

beforeEach(async () => {
  code = await mkdtemp(join(tmpdir(), "learnproof-code-"));
  for (const folder of ["subject", "engine", "cli"])
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

  test.each(["subject/boxNetwork.ts", "engine/wasm/kernels.wasm"])("changes with %s", async (file) => {
    const hash = await hashInputs({ config, engine: "wasm", code });

    await edit(file, (text) => `${text} `);

    expect(await hashInputs({ config, engine: "wasm", code })).not.toBe(hash);
  });

  test("stays where only the command line changed, or the line ends of a checkout", async () => {
    const hash = await hashInputs({ config, engine: "wasm", code });

    await edit("cli/check.ts", (text) => `${text}// more`);
    await edit("subject/boxNetwork.ts", (text) => text.replaceAll("\n", "\r\n"));

    expect(await hashInputs({ config, engine: "wasm", code })).toBe(hash);
  });
});
