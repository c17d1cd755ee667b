import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { engine, getBackend } from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { describe, expect, test } from "vitest";
import { InputError } from "../../../src/foundation/input/inputError.ts";
import { startEngine } from "../../../src/learning/engine/startEngine.ts";
import { installedPackages } from "./packageTree.ts";

describe("starting an engine", () => {
  test.each(["wasm", "cpu"] as const)(
    "%s by name makes it the running backend and says who asked",
    async (name) => {
      const started = await startEngine({ name, environment: { LEARNPROOF_ENGINE: "tensorflow" } });

      expect(started).toEqual({
        name,
        device: "CPU",
        reason: `${name}: asked for by --engine`,
        bitExact: true,
      });
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
    [{ name: "gpu" }, "--engine", "gpu"],
    [{ name: "" }, "--engine", ""],
    [{ name: "toString" }, "--engine", "toString"],
    [{ environment: { LEARNPROOF_ENGINE: "WASM" } }, "LEARNPROOF_ENGINE", "WASM"],
    [{ name: "gpu", environment: { LEARNPROOF_ENGINE: "wasm" } }, "--engine", "gpu"],
  ])(
    "refuses an unknown one, names the field, the rule and what it got, and starts none: %j",
    async (request, field, got) => {
      await startEngine({ name: "cpu" });

      const refused = await startEngine(request).catch((error: unknown) => error);

      expect(refused).toBeInstanceOf(InputError);
      expect(refused).toMatchObject({
        code: "unknown-engine",
        field,
        got,
        message: `${field}: must be one of tensorflow, webgpu, wasm, cpu; leave it out for wasm (got "${got}")`,
      });
      expect(getBackend()).toBe("cpu");
    },
  );

  test("twice, and twice at once, is harmless", async () => {
    await startEngine({ name: "cpu" });
    await Promise.all([startEngine({ name: "wasm" }), startEngine({ name: "wasm" })]);

    await expect(startEngine({ name: "wasm" })).resolves.toMatchObject({ name: "wasm" });
    expect(getBackend()).toBe("wasm");
  });
});

describe("TensorFlow.js", () => {
  test("is in the tree once: two copies of its core would be two engines", () => {
    expect(copiesOf("tfjs-core", ".")).toHaveLength(1);
  });

  test("is found in the tree a second time, where a package brings its own", async () => {
    const folder = await mkdtemp(join(tmpdir(), "learnproof-tree-"));
    for (const within of [".", join("node_modules", "a")])
      await mkdir(join(folder, within, "node_modules", "@tensorflow", "tfjs-core"), { recursive: true });

    expect(copiesOf("tfjs-core", folder)).toHaveLength(2);
    await rm(folder, { recursive: true });
  });

  test("gives layers and backend one engine", async () => {
    await startEngine({ name: "wasm" });
    const before = { ...engine().memory() };

    const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [1] })] });

    expect(engine().memory().numTensors).toBe(before.numTensors + 2);
    expect(engine().backend.numDataIds()).toBe(before.numDataBuffers + 2);
    model.dispose();
  });

  function copiesOf(name: string, folder: string): string[] {
    return installedPackages(folder).filter((path) => path.endsWith(join("@tensorflow", name)));
  }
});
