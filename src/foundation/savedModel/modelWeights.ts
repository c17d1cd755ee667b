// Reads the weights of a saved model, and checks their paths, their size in bytes, and that they are finite.

import { realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { type FileRule, readWhole } from "../files/readWhole.ts";
import { mostWeights } from "../input/rules.ts";
import { isModel, isObject } from "./keras3.ts";
import type { JsonObject, WeightGroup, WeightSpec } from "./modelJson.ts";
import { MODEL_FIELD, refuseModel } from "./refusal.ts";

/** The largest size of all weights, which may include an optimizer's moments. */
const MOST_BYTES = 512 * 1024 ** 2;

/** One file of weights as it was read. */
export interface Shard {
  readonly path: string;
  readonly bytes: Buffer;
  readonly stamp: string;
}

/**
 * Reads the files of all weights, in the order of the manifest.
 *
 * @param modelFile path of the model.json that they lie beside or below.
 * @throws {InputError} for a path that leaves the model's folder, for more or fewer bytes than the manifest says, and
 *   for a weight that is NaN or infinite.
 */
export function readShards(modelFile: string, groups: readonly WeightGroup[]): Shard[] {
  refuseTooMany(groups);
  return groups.flatMap((group) => readGroup(modelFile, group));
}

/** Describes what a file of weights should be, for messages; `part` is its path in the manifest. */
export function shardRule(part: string): FileRule {
  return {
    field: MODEL_FIELD,
    what: `a file of weights (${JSON.stringify(part)})`,
    mostBytes: MOST_BYTES,
  };
}

/** Numbers in a weight. */
export function sizeOf({ shape }: WeightSpec): number {
  return shape.reduce((product, side) => product * side, 1);
}

function refuseTooMany(groups: readonly WeightGroup[]): void {
  const specs = groups.flatMap(({ weights }) => weights);
  const own = specs.filter(({ group }) => group !== "optimizer");
  const weights = own.reduce((sum, spec) => sum + sizeOf(spec), 0);
  const bytes = specs.reduce((sum, spec) => sum + bytesOf(spec), 0);
  if (weights > mostWeights || bytes > MOST_BYTES)
    throw refuseModel(
      `must have at most ${mostWeights} weights, in ${MOST_BYTES / 1024 ** 2} MiB; take a smaller model`,
      `${weights} weights`,
      "too-large",
    );
}

function readGroup(modelFile: string, { paths, weights }: WeightGroup): Shard[] {
  const expected = weights.reduce((sum, spec) => sum + bytesOf(spec), 0);
  const shards: Shard[] = [];
  let size = 0;
  for (const part of paths) {
    const path = insideFolder(modelFile, part);
    const shard = { path, ...readWhole(path, shardRule(part)) };
    size += shard.bytes.length;
    shards.push(shard);
    if (size > expected) break;
  }
  if (size !== expected)
    throw refuseModel(
      `must have as many bytes of weights as its manifest says, ${expected}; save the model again, or take its own files`,
      `${size} bytes${size > expected ? " or more" : ""}`,
    );
  refuseInfinite(Buffer.concat(shards.map(({ bytes }) => bytes)), weights);
  return shards;
}

/**
 * Resolves a path, and refuses one that leaves the model's folder, since the model may come from an untrusted source.
 */
function insideFolder(modelFile: string, part: string): string {
  const folder = dirname(modelFile);
  const path = join(folder, part);
  const isElsewhere = /^(?:[A-Za-z][\w+.-]*:|[\\/])/.test(part) || part.split(/[\\/]/).includes("..");
  if (isElsewhere || part.includes("\0") || leaves(path, folder))
    throw refuseModel(
      "must have its weights in its own folder; copy them beside it and name them without .. or a link",
      part,
    );
  return path;
}

/** Whether symbolic links lead out of the folder. */
function leaves(path: string, folder: string): boolean {
  try {
    const inside = realpathSync(folder);
    return !realpathSync(path).startsWith(inside.endsWith(sep) ? inside : `${inside}${sep}`);
  } catch {
    // The function that reads the file will report why it cannot be read.
    return false;
  }
}

function bytesOf(spec: WeightSpec): number {
  return sizeOf(spec) * bytesOfNumber(spec);
}

function bytesOfNumber({ dtype, quantization }: WeightSpec): number {
  if (quantization) return quantization.dtype === "uint8" ? 1 : 2;
  return dtype === "bool" ? 1 : 4;
}

function refuseInfinite(data: Buffer, weights: readonly WeightSpec[]): void {
  let offset = 0;
  for (const spec of weights) {
    const end = offset + bytesOf(spec);
    if (!isFiniteWeight(spec, data.subarray(offset, end)))
      throw refuseModel(
        "must have finite weights: a training that ran away left none; save one from before that",
        spec.name,
        "not-finite",
      );
    offset = end;
  }
}

function isFiniteWeight({ dtype, quantization }: WeightSpec, bytes: Buffer): boolean {
  if (quantization?.dtype === "float16") return allBelow(bytes, 2, (at) => bytes.readUInt16LE(at), 0x7c00);
  if (quantization) {
    const ends = [quantization.min, quantization.min + quantization.scale * 0xffff];
    return ends.every((end) => Number.isFinite(Math.fround(end)));
  }
  return dtype !== "float32" || allBelow(bytes, 4, (at) => bytes.readUInt32LE(at), 0x7f800000);
}

/** Whether no number has an exponent of all ones, which only NaN and infinity have. */
function allBelow(bytes: Buffer, step: number, read: (at: number) => number, exponent: number): boolean {
  for (let at = 0; at < bytes.length; at += step) if ((read(at) & exponent) === exponent) return false;
  return true;
}

/**
 * Renames the weights to the names that TensorFlow.js expects. Keras 3 puts the names of models before that of the
 * layer (`sequential/dense/kernel`), and some converters append `:0`.
 */
export function renameWeights(weights: readonly WeightSpec[], model: JsonObject): WeightSpec[] {
  const layers = new Set(layerNames(model));
  return weights.map((spec) => {
    const parts = spec.name.replace(/:\d+$/, "").split("/");
    const first = parts.findIndex((part) => layers.has(part));
    return { ...spec, name: parts.slice(Math.max(first, 0)).join("/") };
  });
}

/** Lists the names of all layers that are not models. */
function layerNames(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(layerNames);
  if (!isObject(part)) return [];
  const { config } = part;
  const own =
    typeof part.class_name === "string" &&
    !isModel(part) &&
    isObject(config) &&
    typeof config.name === "string"
      ? [config.name]
      : [];
  // A wrapped layer's name follows the wrapper's, so the wrapper's name comes first.
  return own.length > 0 ? own : Object.values(part).flatMap(layerNames);
}
