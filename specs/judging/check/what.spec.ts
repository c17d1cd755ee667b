import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readWhat } from "../../../src/judging/check/what/kinds.ts";

const folder = mkdtempSync(join(tmpdir(), "learnproof-what-"));

function fileOf(name: string, json: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(json));
  return path;
}

it("takes a file with the fields of a config for a config", async () => {
  const { what, config } = await readWhat(fileOf("dense.json", { subject: "dense", training: { steps: 7 } }));
  expect(what).toEqual({ kind: "dense", name: "dense" });
  expect(config.training.steps).toBe(7);
});

it("takes a model of TensorFlow.js for a saved model, and asks for its data", async () => {
  const path = fileOf("model.json", { modelTopology: {}, weightsManifest: [] });
  await expect(readWhat(path)).rejects.toThrow("--data: must be given with a saved model");
  await expect(readWhat(path, { data: "a.csv" })).rejects.toThrow("--target: must be given");
});

it("says of a name that is no file what a config must be", async () => {
  await expect(readWhat("nothing-of-this-name")).rejects.toThrow("does not exist; check the path");
});
