import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { engine, getBackend } from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { describe, expect, test } from "vitest";
import { startEngine } from "../../src/engine/startEngine.ts";

describe("starting an engine", () => {
  test.each(["wasm", "cpu"] as const)(
    "%s by name makes it the running backend and says who asked",
    async (name) => {
      const started = await startEngine({ name, environment: { LEARNPROOF_ENGINE: "tensorflow" } });

      expect(started).toEqual({ name, reason: `${name}: asked for by --engine`, bitExact: true });
      expect(getBackend()).toBe(name);
    },
  );

  test("takes the environment's where no name is given, and ignores an empty one", async () => {
    const named = await startEngine({ environment: { LEARNPROOF_ENGINE: "cpu" } });
    const unnamed = await startEngine({ environment: { LEARNPROOF_ENGINE: "" } });

    expect(named.reason).toBe("cpu: asked for by LEARNPROOF_ENGINE");
    expect(unnamed.reason).not.toContain("LEARNPROOF_ENGINE");
  });

  test.each([
    [
      { name: "gpu" },
      "--engine: must be one of tensorflow, wasm, cpu; leave it out for the best one installed",
    ],
    [
      { environment: { LEARNPROOF_ENGINE: "WASM" } },
      "LEARNPROOF_ENGINE: must be one of tensorflow, wasm, cpu",
    ],
  ])("refuses an unknown one: %j", async (request, message) => {
    await expect(startEngine(request)).rejects.toThrow(message);
  });

  test("twice is harmless", async () => {
    await startEngine({ name: "wasm" });

    await expect(startEngine({ name: "wasm" })).resolves.toMatchObject({ name: "wasm" });
  });
});

describe("TensorFlow.js", () => {
  test("is in the tree once: two copies of its core would be two engines", () => {
    const packages = readdirSync("node_modules", { recursive: true }) as string[];
    const copies = packages.filter((path) => path.endsWith(join("@tensorflow", "tfjs-core", "package.json")));

    expect(copies).toHaveLength(1);
  });

  test("gives layers and backend one engine", async () => {
    await startEngine({ name: "wasm" });
    const before = engine().memory().numTensors;

    const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [1] })] });

    expect(engine().memory().numTensors).toBe(before + 2);
    model.dispose();
  });
});

describe("starting the wasm engine", () => {
  test("leaves no handler of uncaught errors behind, while stock TensorFlow.js leaves two", async () => {
    const handlers = `process.listenerCount("uncaughtException") + process.listenerCount("unhandledRejection")`;
    const ours = `import { startEngine } from "./src/engine/startEngine.ts";
      await startEngine({ name: "wasm" });
      console.log(${handlers});`;
    const stock = `import "@tensorflow/tfjs-backend-wasm";
      import { ready, setBackend } from "@tensorflow/tfjs-core";
      await setBackend("wasm");
      await ready();
      console.log(${handlers});`;

    const [withOurs, withStock] = await Promise.all([runScript(ours), runScript(stock)]);

    expect(Number(withOurs)).toBe(0);
    expect(Number(withStock)).toBe(2);
  });
});

describe("a TensorFlow library that is installed but broken", () => {
  test("is reported in one line and the default runs; asked for by name it is refused", async () => {
    const folder = await mkdtemp(join(tmpdir(), "learnproof-broken-"));
    const broken = join(folder, "@tensorflow/tfjs-node-gpu");
    await mkdir(broken, { recursive: true });
    await writeFile(
      join(broken, "index.js"),
      'console.log("noise"); throw new Error("libtensorflow.so.2: cannot open shared object file\\nRequire stack: …");',
    );
    const script = `
      import { startEngine } from "./src/engine/startEngine.ts";
      const chosen = await startEngine();
      const refused = await startEngine({ name: "tensorflow" }).catch((error) => error.message);
      console.log(JSON.stringify({ reason: chosen.reason, refused }));`;

    const stdout = await runScript(script, { NODE_PATH: folder });

    const why =
      "@tensorflow/tfjs-node-gpu is installed but does not load (libtensorflow.so.2: cannot open shared object file)";
    expect(JSON.parse(stdout)).toEqual({
      reason: `wasm: the default; ${why}`,
      refused: `--engine: names an engine that does not start here: ${why}; install @tensorflow/tfjs-node-gpu, or use wasm (got "tensorflow")`,
    });
    await rm(folder, { recursive: true });
  });
});

/** Runs a module in a process of its own and gives what it prints on standard output. */
async function runScript(script: string, environment: object = {}): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", script],
    { env: { ...process.env, ...environment } },
  );
  return stdout;
}
