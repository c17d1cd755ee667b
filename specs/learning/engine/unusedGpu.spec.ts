import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findUnusedGpu } from "../../../src/learning/engine/unusedGpu.ts";

describe("a GPU that the default engine does not use", () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "learnproof-gpu-"));
  });
  afterEach(() => rm(root, { recursive: true }));

  async function put(path: string, text = ""): Promise<void> {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }

  test("has the name that its driver gives it", async () => {
    await put(
      "proc/driver/nvidia/gpus/0000:01:00.0/information",
      "Model: \t\t NVIDIA H100 80GB HBM3\nIRQ: 5\n",
    );

    expect(findUnusedGpu(root)).toBe("NVIDIA H100 80GB HBM3");
  });

  test.each([
    ["dev/nvidia0", "a GPU of NVIDIA"],
    ["dev/dxg", "a GPU"],
    ["dev/kfd", "a GPU of AMD"],
    ["Windows/System32/nvcuda.dll", "a GPU of NVIDIA"],
  ])("is known by the driver's file %s alone", async (file, name) => {
    await put(file);

    expect(findUnusedGpu(root)).toBe(name);
  });

  test("is none where no driver left a file, or only an empty folder", async () => {
    expect(findUnusedGpu(root)).toBeNull();

    await mkdir(join(root, "proc/driver/nvidia/gpus"), { recursive: true });

    expect(findUnusedGpu(root)).toBeNull();
  });
});
