import { InputError } from "../config/inputError.ts";
import { parseConfig } from "../config/parseConfig.ts";
import type { Config } from "../config/schema.ts";

/** More capacity than a config asks for. */
export interface Growth {
  /** Factor on the width of every layer but the output; 1 as written. */
  readonly width: number;
  /** Hidden layers more than written. */
  readonly layers: number;
}

/** What is tried on a rung that fails: width first, then depth. */
export const growths: readonly Growth[] = [
  { width: 1, layers: 0 },
  { width: 2, layers: 0 },
  { width: 4, layers: 0 },
  { width: 8, layers: 0 },
  { width: 4, layers: 1 },
  { width: 8, layers: 1 },
];

const NEW_LAYER = 8;

/** The config with that much more; null where it would be more than a config may ask for. */
export function grow(config: Config, { width, layers }: Growth): Config | null {
  if (width === 1 && layers === 0) return config;
  try {
    return parseConfig({ ...config, model: grownModel(config, width, layers) });
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

function grownModel({ subject, model }: Config, width: number, layers: number): object {
  if (subject === "dense") {
    const hidden = model.hidden.map((layer) => ({ ...layer, units: layer.units * width }));
    const last = hidden.at(-1) ?? { units: NEW_LAYER * width, activation: "relu" };
    // A network without a hidden layer grows in depth at once.
    const more = hidden.length === 0 ? layers + 1 : layers;
    return { ...model, hidden: [...hidden, ...Array.from({ length: more }, () => last)] };
  }
  const hiddenUnits = model.hiddenUnits.map((units) => units * width);
  const last = hiddenUnits.at(-1) ?? NEW_LAYER * width;
  return {
    ...model,
    filters: model.filters.map((filters) => filters * width),
    hiddenUnits: [...hiddenUnits, ...Array.from({ length: layers }, () => last)],
  };
}
