// A copy of a model is made from what its layers say of themselves. Layers of a program's own must be known by their class for
// that, and must say all that they were made with.

import { serialization } from "@tensorflow/tfjs-core";
import { type LayersModel, layers } from "@tensorflow/tfjs-layers";
import { InputError } from "../../../foundation/input/inputError.ts";
import { allLayers, type Layer } from "../layerTree.ts";

type LayerClass = serialization.SerializableConstructor<Layer> & { readonly className?: string };

/** Registers the classes of layers that the program wrote and did not register itself. */
export function registerOwnLayers(model: LayersModel): void {
  const registered = (name: string): unknown =>
    serialization.SerializationMap.getMap().classNameMap[name]?.[0];
  for (const layer of allLayers(model)) {
    const kind = layer.constructor as LayerClass;
    if (kind.className !== undefined && registered(kind.className) === kind) continue;
    // A class without a name of its own has none, or that of the class which it extends.
    if (!Object.hasOwn(kind, "className")) {
      const name = registered(kind.name) === undefined ? kind.name : `Own${kind.name}`;
      Object.defineProperty(kind, "className", { value: name, configurable: true });
    }
    serialization.registerClass(kind);
    if (!Object.hasOwn(kind.prototype, "getConfig")) letItSayItsSettings(kind);
  }
}

/**
 * Lets a layer whose class has no getConfig of its own say the numbers, texts and lists that it keeps: programs that never save
 * their model leave that out, and what a constructor keeps mostly bears the name of the setting that it was given.
 */
function letItSayItsSettings(kind: LayerClass): void {
  const stock = new Set(keysOfAnyLayer());
  const inherited = kind.prototype.getConfig as (this: Layer) => serialization.ConfigDict;
  Object.defineProperty(kind.prototype, "getConfig", {
    configurable: true,
    writable: true,
    value(this: Layer) {
      const kept = Object.entries(this).filter(([name, value]) => !stock.has(name) && isPlain(value));
      return { ...Object.fromEntries(kept), ...inherited.call(this) };
    },
  });
}

/** What every layer keeps: that which two kinds have in common. */
function keysOfAnyLayer(): string[] {
  const flat = layers.flatten({ name: "flat" });
  return Object.keys(layers.dropout({ rate: 0, name: "drop" })).filter((key) => key in flat);
}

function isPlain(value: unknown): boolean {
  return isSetting(value) || (Array.isArray(value) && value.every(isSetting));
}

/**
 * Compares a copy with its model, layer by layer.
 *
 * @throws {InputError} where a layer did not say a setting that it was made with, so that its copy is another one.
 */
export function refuseOtherLayers(model: LayersModel, copy: LayersModel): void {
  const copies = allLayers(copy);
  for (const [place, layer] of allLayers(model).entries()) {
    const other = copies[place];
    const setting = other === undefined ? undefined : lostSetting(layer, other);
    if (setting === undefined) continue;
    throw new InputError({
      code: "invalid-model",
      field: `model (layer ${layer.name})`,
      message: `must say in getConfig() all that it was made with, and leaves out ${setting}; return { ...super.getConfig(), ${setting}: this.${setting} }`,
      got: layer.getClassName(),
    });
  }
}

/** A setting of a layer, a number, a text or a truth, that its copy has not. */
function lostSetting(layer: Layer, copy: Layer): string | undefined {
  const settings = copy as unknown as Readonly<Record<string, unknown>>;
  return Object.entries(layer).find(
    ([name, value]) => isSetting(value) && !name.startsWith("_") && isLost(settings[name]),
  )?.[0];
}

function isSetting(value: unknown): boolean {
  return ["number", "string", "boolean"].includes(typeof value) && !Number.isNaN(value);
}

function isLost(value: unknown): boolean {
  return value === undefined || value === null || Number.isNaN(value);
}
