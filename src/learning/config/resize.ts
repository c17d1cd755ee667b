import type { Config } from "./schema.ts";

/** Units of the first hidden layer, for a network that has none to copy. */
const NEW_LAYER = 8;

/**
 * Returns the config fields that set the size of the network, with new values, in the form that {@link changeConfig}
 * takes.
 *
 * @param factor multiplies the width of every layer except the output; at least one filter or unit remains.
 * @param layers hidden layers to add, as wide as the last.
 */
export function resize(config: Config, factor: number, layers = 0): Record<string, unknown> {
  const wide = (units: number) => Math.max(1, Math.round(units * factor));
  const grown = <Layer>(hidden: readonly Layer[], none: Layer) => [
    ...hidden,
    ...Array.from({ length: layers }, () => hidden.at(-1) ?? none),
  ];
  switch (config.subject) {
    case "box-regression": {
      const { filters, hiddenUnits } = config.model;
      return {
        "model.filters": filters.map(wide),
        "model.hiddenUnits": grown(hiddenUnits.map(wide), wide(NEW_LAYER)),
      };
    }
    case "dense":
    case "table": {
      const { hidden } = config.model;
      // A network without a hidden layer has no width to multiply, so it gets a hidden layer.
      if (hidden.length === 0 && factor > 1)
        return { "model.hidden": [{ units: wide(NEW_LAYER), activation: "relu" }] };
      const widened = hidden.map((layer) => ({ ...layer, units: wide(layer.units) }));
      return { "model.hidden": grown(widened, { units: wide(NEW_LAYER), activation: "relu" as const }) };
    }
    default: {
      const { rework } = config;
      return { "rework.width": rework.width * factor, "rework.layers": rework.layers + layers };
    }
  }
}
