import { createHash } from "node:crypto";
import { parseJson } from "../files/readJson.ts";
import { type FileRule, readWhole, stampOf } from "../files/readWhole.ts";
import { InputError } from "../input/inputError.ts";
import { asKeras2 } from "./keras3.ts";
import { checkTopology } from "./modelGraph.ts";
import { checkModelJson, type JsonObject, type WeightSpec } from "./modelJson.ts";
import { readShards, renameWeights, type Shard, shardRule } from "./modelWeights.ts";
import { MODEL_FIELD } from "./refusal.ts";

/** A saved model as TensorFlow.js or its converter wrote it: the layers, and the weights one after another. */
export interface SavedModelFile {
  /** SHA-256 of model.json and of all weights, in hexadecimal. */
  readonly sha256: string;
  /** The topology in Keras 2's form, whatever program wrote it. */
  readonly modelTopology: JsonObject;
  /** The weights' names, as TensorFlow.js expects them, and shapes; empty if the file holds only a topology. */
  readonly weightSpecs: readonly WeightSpec[];
  readonly weightData: ArrayBuffer;
}

const FILE: FileRule = { field: MODEL_FIELD, what: "a model.json", mostBytes: 64 * 1024 ** 2 };
/** Number of models cached: that of a config, and one that it is compared with. */
const MOST_KEPT = 2;

interface Kept {
  readonly stamp: string;
  readonly shards: readonly Pick<Shard, "path" | "stamp">[];
  readonly model: SavedModelFile;
}
const kept = new Map<string, Kept>();

/**
 * Reads and checks a saved layers model. If the files have not changed since an earlier call, it returns the same
 * object.
 *
 * @param path of its model.json, from the working directory.
 * @throws {InputError} if a file is missing or too large, the model is not a layers model, or its weights are
 * incomplete.
 */
export function readSavedModel(path: string): SavedModelFile {
  const known = kept.get(path);
  if (known && isUnchanged(path, known)) return known.model;
  const { bytes, stamp } = readWhole(path, FILE);
  const { topology, groups } = checkModelJson(parseJson(bytes.toString("utf8"), MODEL_FIELD));
  const modelTopology = asKeras2(topology) as JsonObject;
  checkTopology(modelTopology);
  const shards = readShards(path, groups);
  const hash = createHash("sha256").update(bytes);
  for (const shard of shards) hash.update(shard.bytes);
  const data = Buffer.concat(shards.map((shard) => shard.bytes));
  const model = {
    sha256: hash.digest("hex"),
    modelTopology,
    weightSpecs: renameWeights(
      groups.flatMap(({ weights }) => weights),
      modelTopology,
    ),
    weightData: data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer,
  };
  kept.delete(path);
  kept.set(path, { stamp, shards: shards.map(({ path, stamp }) => ({ path, stamp })), model });
  for (const oldest of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(oldest);
  return model;
}

function isUnchanged(path: string, { stamp, shards }: Kept): boolean {
  return (
    stampOf(path, FILE) === stamp &&
    shards.every((shard) => stampOf(shard.path, shardRule(shard.path)) === shard.stamp)
  );
}

/** Fills in the hash of a saved model. @throws {InputError} if the config gives another hash than the file has. */
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
