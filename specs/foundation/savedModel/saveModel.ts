import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { io } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";

/** Anything that JSON holds, to be changed at a path. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A model.json as TensorFlow.js writes it, and the bytes of its weights.bin. */
export interface Saved {
  readonly json: Json;
  readonly data: Buffer;
}

/** Saves a model as TensorFlow.js does, and disposes it. */
export async function savedOf(model: LayersModel): Promise<Saved> {
  const kept: io.ModelArtifacts[] = [];
  await model.save({
    save: async (artifacts) => {
      kept.push(artifacts);
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
    },
  });
  disposeWhole(model);
  const [{ modelTopology, weightSpecs, weightData }] = kept as [io.ModelArtifacts];
  const weightsManifest = [{ paths: ["weights.bin"], weights: weightSpecs }];
  return {
    json: { format: "layers-model", modelTopology, weightsManifest } as unknown as Json,
    data: Buffer.from(weightData as ArrayBuffer),
  };
}

/** Disposes a model, with what TensorFlow.js forgets: the weights of models within it. */
export function disposeWhole(model: LayersModel): void {
  const weights = model.getWeights();
  model.dispose();
  for (const weight of weights) if (!weight.isDisposed) weight.dispose();
}

/** The JSON with another value at a path, or without it where the value is undefined. */
export function changed(json: Json, path: readonly (string | number)[], value: Json | undefined): Json {
  const copy = structuredClone(json);
  const keys = [...path];
  const last = keys.pop() as string;
  const parent = keys.reduce<Json>((part, key) => (part as { [key: string]: Json })[key] as Json, copy);
  if (value === undefined) delete (parent as { [key: string]: Json })[last];
  else (parent as { [key: string]: Json })[last] = value;
  return copy;
}

/** Writes a model.json, from a text or from JSON, and files beside it; answers with its path. */
export function writeModel(folder: string, json: Json, files: Readonly<Record<string, Buffer>> = {}): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  const path = join(folder, "model.json");
  writeFileSync(path, typeof json === "string" ? json : JSON.stringify(json));
  return path;
}
