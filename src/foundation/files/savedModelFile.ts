import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { InputError } from "../input/inputError.ts";

const FIELD = "model.file";

/** What TensorFlow.js wrote: the layers, and the weights behind one another. */
export interface SavedModelFile {
  /** SHA-256 of model.json and of all weights, in hexadecimal. */
  readonly sha256: string;
  readonly modelTopology: object;
  readonly weightSpecs: readonly object[];
  readonly weightData: ArrayBuffer;
}

interface Manifest {
  readonly modelTopology?: { readonly model_config?: object; readonly class_name?: string };
  readonly weightsManifest?: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly object[];
  }[];
}

/**
 * Reads a saved layers model.
 *
 * @param path of its model.json, from the working directory.
 * @throws {InputError} where a file is missing or the model is none of layers.
 */
export function readSavedModel(path: string): SavedModelFile {
  const text = readBytes(path);
  const { modelTopology, weightsManifest = [] } = parseManifest(text);
  if (modelTopology?.model_config === undefined && modelTopology?.class_name === undefined)
    throw refusal(
      "invalid-model",
      "must be the model.json of a layers model, as model.save writes it; a graph model cannot be trained",
      Object.keys(modelTopology ?? {}).slice(0, 5),
    );
  const weights = weightsManifest.flatMap(({ paths }) =>
    paths.map((part) => readBytes(join(dirname(path), part))),
  );
  const hash = createHash("sha256").update(text);
  for (const part of weights) hash.update(part);
  const data = Buffer.concat(weights);
  return {
    sha256: hash.digest("hex"),
    modelTopology: modelTopology as object,
    weightSpecs: weightsManifest.flatMap((group) => group.weights),
    weightData: data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer,
  };
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw refusal(
      code === "ENOENT" ? "no-such-file" : "unreadable",
      `must be a model.json beside its weights (${path} cannot be read); check the path`,
      code,
    );
  }
}

function parseManifest(text: Buffer): Manifest {
  try {
    const json: unknown = JSON.parse(text.toString("utf8"));
    if (typeof json === "object" && json !== null) return json as Manifest;
  } catch {
    // Said below.
  }
  throw refusal("invalid-json", "must be a whole model.json; save the model again", `${text.length} bytes`);
}

function refusal(code: string, message: string, got: unknown): InputError {
  return new InputError({ code, field: FIELD, message, got });
}

/** @throws {InputError} where the model is not the one that the hash names. */
export function fillSavedModel<Model extends { file: string; sha256?: string | undefined }>(
  model: Model,
): Model & { sha256: string } {
  const { sha256 } = readSavedModel(model.file);
  if (model.sha256 !== undefined && model.sha256 !== sha256)
    throw new InputError({
      code: "changed",
      field: "model.sha256",
      message: "is of another model than lies there now; take the one it was, or leave the hash out",
      got: model.sha256,
    });
  return { ...model, sha256 };
}
