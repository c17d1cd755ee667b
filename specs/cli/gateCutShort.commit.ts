// A gate that a signal, a full disk or a second gate meets in the midst of its work leaves whole files.

import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, rm, watch, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { builtPackage } from "../builtPackage.ts";
import { tinyConfig } from "../keeping/gate/tinyConfig.ts";
import { BASELINE, type GateFolder, makeGateFolder, REASON, runaway, UPDATE } from "./gateFolder.ts";
import { runCli, runInProcess, spawnCli } from "./runCli.ts";

let folder: string;
let baseline: string;
let configure: GateFolder["configure"];

beforeAll(async () => {
  ({ folder, baseline, configure } = await makeGateFolder());
});

beforeEach(async () => {
  await configure(tinyConfig());
  await writeFile(join(folder, BASELINE), baseline);
});

afterAll(() => rm(folder, { recursive: true }));

describe("a gate that is cut short", () => {
  /** A second baseline that takes minutes to measure anew. */
  const slow = JSON.stringify({ ...tinyConfig(), training: { steps: 100_000 } });
  const contents = async () => {
    const names = (await readdir(folder, { recursive: true })).filter((name) => !name.includes(".cache"));
    return { names: names.toSorted(), baseline: await readFile(join(folder, BASELINE), "utf8") };
  };

  test("by Ctrl-C while it updates leaves the old baselines, and nothing else", async () => {
    await writeFile(join(folder, "slow.json"), slow);
    const before = await contents();

    const child = spawnCli(
      ["gate", "tiny.json", "slow.json", ...UPDATE, ...REASON, "--engine", "wasm"],
      folder,
    );
    child.stderr.once("data", () => setTimeout(() => child.kill("SIGINT"), 300));
    const [code, signal] = await once(child, "exit");

    expect(code === 0 || code === 1 || code === 2).toBe(false);
    expect(signal ?? code).toBeTruthy();
    expect(await contents()).toEqual(before);
    await rm(join(folder, "slow.json"));
  });

  // A process cannot be ended so on Windows.
  test.skipIf(process.platform === "win32")(
    "by SIGTERM while it writes baselines leaves every one whole, and nothing else",
    async () => {
      const many = join(folder, "many");
      await mkdir(many);
      const names = Array.from({ length: 8 }, (_, index) => `c${index}.json`);
      const { training, ...rest } = runaway();
      for (const name of names)
        await writeFile(join(many, name), JSON.stringify({ ...rest, training: { ...training, steps: 1 } }));
      await runInProcess(["gate", ...names, ...UPDATE, "--engine", "wasm"], many);
      const written = join(many, "fixtures", "baselines", "wasm");
      const stop = new AbortController();

      const child = spawnCli(["gate", ...UPDATE, ...REASON, "--engine", "wasm"], many);
      const kill = (async () => {
        for await (const { filename } of watch(written, { signal: stop.signal })) {
          if (names.includes(String(filename))) continue;
          // Once, as CI does: a second signal would end it in the middle of tidying up.
          child.kill("SIGTERM");
          return;
        }
      })().catch(() => undefined);
      await once(child, "exit");
      stop.abort();
      await kill;

      expect((await readdir(written)).toSorted()).toEqual(names.toSorted());
      for (const name of names)
        expect(JSON.parse(await readFile(join(written, name), "utf8")).measurements).toHaveLength(48);
      await rm(many, { recursive: true });
    },
  );

  // A limit on the size of files stops a write as a full disk does; only a shell can set it.
  test.skipIf(process.platform === "win32")("by a full disk names the file, and exits with 2", async () => {
    const before = await contents();
    const command = [process.execPath, join(builtPackage(), "dist/cli/main.js")];
    const args = ["gate", ...UPDATE, ...REASON, "--json", "--engine", "wasm"];

    const { error, stdout } = await new Promise<{ error: Error | null; stdout: string }>((done) => {
      const script = 'ulimit -f 4; exec "$@"';
      execFile("sh", ["-c", script, "sh", ...command, ...args], { cwd: folder }, (error, stdout) =>
        done({ error, stdout }),
      );
    });

    expect(error).toMatchObject({ code: 2 });
    expect(JSON.parse(stdout).error).toMatchObject({ code: "unwritable", field: BASELINE, got: "EFBIG" });
    expect(await contents()).toEqual(before);
  });

  test("or runs beside another on one cache leaves entries that are whole", async () => {
    const cache = join(folder, "shared");

    // Two processes of the same code: what is built and what is not have entries of their own.
    const [one, other] = await Promise.all([
      runCli(["gate", "--engine", "wasm", "--cache", cache, "--report", "one.md"], folder),
      runCli(["gate", "--engine", "wasm", "--cache", cache, "--report", "other.md", "--all"], folder),
    ]);

    expect([one.code, other.code]).toEqual([0, 0]);
    const entries = await readdir(cache);
    expect(entries).toHaveLength(1);
    const { kept } = JSON.parse(await readFile(join(cache, String(entries[0])), "utf8"));
    expect(kept).toHaveLength(6);
  });
});
