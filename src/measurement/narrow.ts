import type { Config } from "../config/schema.ts";

/** The same run with a share of the width in every layer but the output: one filter or unit at least. */
export function narrow(config: Config, share: number): Config {
  const width = (whole: number) => Math.max(1, Math.round(whole * share));
  if (config.subject === "dense") {
    const hidden = config.model.hidden.map((layer) => ({ ...layer, units: width(layer.units) }));
    return { ...config, model: { ...config.model, hidden } };
  }
  const { filters, hiddenUnits } = config.model;
  return {
    ...config,
    model: { ...config.model, filters: filters.map(width), hiddenUnits: hiddenUnits.map(width) },
  };
}
