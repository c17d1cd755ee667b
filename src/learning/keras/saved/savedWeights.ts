// Finds the weights of each layer in the files that Keras saved.

import { isObject } from "../../../foundation/savedModel/keras3.ts";
import type { KerasObject, WeightTable } from "../translate/capturedProgram.ts";
import type { Hdf5 } from "./hdf5.ts";

type Weights = Record<string, WeightTable>;

/** The weights of the HDF5 file that `model.save` writes: its attributes name them in the order of each layer. */
export function legacyWeights(file: Hdf5): Weights {
  const root = "model_weights";
  const weights: Weights = {};
  for (const layer of textsOf(file.attribute("layer_names", root)))
    for (const [index, name] of textsOf(file.attribute("weight_names", `${root}/${layer}`)).entries()) {
      const array = file.array(`${root}/${layer}/${name}`);
      if (array) weights[`${layer}/${index}`] = array;
    }
  return weights;
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** The weights of the archive of Keras 3, whose groups bear the names of the layers' classes, counted. */
export function archiveWeights(file: Hdf5, model: KerasObject): Weights {
  const layers = isObject(model.config) && Array.isArray(model.config.layers) ? model.config.layers : [];
  const counts = new Map<string, number>();
  const root = file.names("layers").length > 0 ? "layers" : "_layer_checkpoint_dependencies";
  const weights: Weights = {};
  for (const layer of layers) {
    const { class_name, config } = layer as KerasObject;
    const kind = snakeCase(class_name);
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    const group = `${root}/${count === 0 ? kind : `${kind}_${count}`}`;
    const name = isObject(config) ? String(config.name) : kind;
    for (const [index, array] of arraysWithin(file, group).entries()) weights[`${name}/${index}`] = array;
  }
  return weights;
}

/** A bidirectional layer keeps its forward half first. */
const FIRST = ["vars", "forward_layer", "backward_layer"];

function arraysWithin(file: Hdf5, group: string): WeightTable[] {
  const rank = (name: string) => (FIRST.indexOf(name) + FIRST.length + 1) % (FIRST.length + 1);
  const names = [...file.names(group)].sort((a, b) => rank(a) - rank(b));
  return names.flatMap((name) => {
    const path = `${group}/${name}`;
    if (name !== "vars") return arraysWithin(file, path);
    const numbers = [...file.names(path)].sort((a, b) => Number(a) - Number(b));
    return numbers.flatMap((number) => file.array(`${path}/${number}`) ?? []);
  });
}

/** Keras's own rule: `Conv2D` → `conv2d`, `BatchNormalization` → `batch_normalization`. */
function snakeCase(name: string): string {
  return name
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}
