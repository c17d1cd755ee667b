// Reads what Keras saved: the archive of Keras 3, the HDF5 file of all versions, and the text of to_json().

import { unzip } from "../../../foundation/arrays/npz.ts";
import { parseJson } from "../../../foundation/files/readJson.ts";
import { readWhole } from "../../../foundation/files/readWhole.ts";
import { InputError } from "../../../foundation/input/inputError.ts";
import { isObject } from "../../../foundation/savedModel/keras3.ts";
import type { CapturedCompile, KerasObject, WeightTable } from "../translate/capturedProgram.ts";
import { type Hdf5, openHdf5 } from "./hdf5.ts";
import { archiveWeights, legacyWeights } from "./savedWeights.ts";

/** A model as Keras saved it. */
export interface KerasFile {
  readonly bytes: Buffer;
  readonly version: string | undefined;
  readonly model: KerasObject;
  /** Null where the file does not say what the model was compiled with. */
  readonly compile: CapturedCompile | null;
  /** By `<layer name>/<index>`; empty where the file holds none. */
  readonly weights: Readonly<Record<string, WeightTable>>;
}

const MOST_BYTES = 1024 ** 3;

/** Whether a file's name is one that Keras gives to saved models. */
export function isKerasPath(path: string): boolean {
  return /\.(keras|h5|hdf5)$/i.test(path);
}

/** Whether JSON is what `to_json` of a Keras model gives. */
export function isKerasJson(json: unknown): boolean {
  return isObject(json) && typeof json.class_name === "string" && "config" in json;
}

/**
 * Reads a saved model of Keras. No code in the file is run.
 *
 * @throws {InputError} if it is no such file, or holds weights without a model.
 */
export function readKerasFile(path: string): KerasFile {
  const { bytes } = readWhole(path, { what: "a saved model of Keras", mostBytes: MOST_BYTES });
  if (/\.json$/i.test(path)) return readText(bytes, path);
  return isZip(bytes) ? readArchive(bytes, path) : readLegacy(bytes, path);
}

function isZip(bytes: Buffer): boolean {
  return bytes.subarray(0, 2).toString("latin1") === "PK";
}

function readText(bytes: Buffer, path: string): KerasFile {
  const { model, version } = modelOf(parseJson(bytes.toString("utf8"), path), path);
  return { bytes, version, model, compile: null, weights: {} };
}

function readArchive(bytes: Buffer, path: string): KerasFile {
  const files = unzip(bytes, path);
  const text = files.get("config.json");
  if (text === undefined)
    throw refusal(path, "must hold a config.json; save the whole model with model.save", "none");
  const content = parseJson(Buffer.from(text).toString("utf8"), `${path}: config.json`);
  const { model } = modelOf(content, path);
  const metadata = files.get("metadata.json");
  const { keras_version: version } = (
    metadata ? parseJson(Buffer.from(metadata).toString("utf8"), `${path}: metadata.json`) : {}
  ) as { keras_version?: string };
  const stored = files.get("model.weights.h5");
  return {
    bytes,
    version,
    model,
    compile: compileOf((content as { compile_config?: unknown }).compile_config),
    weights: stored ? archiveWeights(openHdf5(stored, path), model) : {},
  };
}

function readLegacy(bytes: Buffer, path: string): KerasFile {
  const file = openHdf5(bytes, path);
  const text = file.attribute("model_config");
  if (typeof text !== "string")
    throw refusal(
      path,
      "must hold a model, and holds weights alone; save it with model.save in place of save_weights",
      "no model_config",
    );
  const { model } = modelOf(parseJson(text, `${path}: model_config`), path);
  return {
    bytes,
    version: textOf(file, "keras_version"),
    model,
    compile: compileOf(parsed(file, path)),
    weights: legacyWeights(file),
  };
}

function parsed(file: Hdf5, path: string): unknown {
  const text = textOf(file, "training_config");
  return text === undefined ? null : parseJson(text, `${path}: training_config`);
}

function textOf(file: Hdf5, name: string): string | undefined {
  const value = file.attribute(name);
  return typeof value === "string" ? value : undefined;
}

function modelOf(json: unknown, path: string): { model: KerasObject; version: string | undefined } {
  if (!isKerasJson(json))
    throw refusal(
      path,
      "must hold a model of Keras, with class_name and config; save it again",
      "another content",
    );
  const { class_name, config, keras_version, build_config } = json as KerasObject & {
    keras_version?: string;
    build_config?: { input_shape?: unknown };
  };
  const shape = build_config?.input_shape;
  const isOpen = isObject(config) && shape !== undefined && config.build_input_shape === undefined;
  const model = { class_name, config: isOpen ? { ...config, build_input_shape: shape } : config };
  return { model, version: keras_version };
}

/** Keras 2 keeps the optimizer as `optimizer_config`, with a prefix for classes that were registered. */
function compileOf(saved: unknown): CapturedCompile | null {
  if (!isObject(saved)) return null;
  const optimizer = saved.optimizer ?? saved.optimizer_config;
  const { loss, loss_weights, metrics } = saved;
  if (optimizer === undefined && loss === undefined) return null;
  return { optimizer: withoutPrefix(optimizer), loss, loss_weights, metrics };
}

function withoutPrefix(optimizer: unknown): KerasObject | string | null {
  if (!isObject(optimizer)) return typeof optimizer === "string" ? optimizer : null;
  return {
    ...optimizer,
    class_name: String(optimizer.class_name).replace(/^Custom>/, ""),
    config: optimizer.config,
  };
}

function refusal(field: string, message: string, got: unknown): InputError {
  return new InputError({ code: "invalid-model", field, message, got });
}
