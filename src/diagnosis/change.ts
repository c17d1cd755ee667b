import { InputError } from "../config/inputError.ts";
import { parseConfig } from "../config/parseConfig.ts";
import type { Config } from "../config/schema.ts";
import type { Change } from "./finding.ts";

/**
 * The config with other values at some paths, such as `{"training.optimizer.learningRate": 0.001}`.
 *
 * @returns null where that changes nothing, names what the config has not, or breaks a rule.
 */
export function change(config: Config, values: Readonly<Record<string, unknown>>): Change | null {
  const changed = structuredClone(config) as unknown as Record<string, unknown>;
  const parts: string[] = [];
  for (const [path, value] of Object.entries(values)) {
    const keys = path.split(".");
    const last = keys.pop() as string;
    const parent = keys.reduce<Record<string, unknown> | undefined>(
      (object, key) => object?.[key] as Record<string, unknown> | undefined,
      changed,
    );
    if (parent === undefined || !(last in parent)) return null;
    const before = JSON.stringify(parent[last]);
    if (before === JSON.stringify(value)) continue;
    parent[last] = value;
    parts.push(`${path} ${before} → ${JSON.stringify(value)}`);
  }
  if (parts.length === 0) return null;
  try {
    return { description: parts.join(", "), config: parseConfig(changed) };
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

/** A learning rate `factor` times as large, in at most 3 digits. */
export function scaleLearningRate(config: Config, factor: number): Change | null {
  const rate = Number((config.training.optimizer.learningRate * factor).toPrecision(3));
  return change(config, { "training.optimizer.learningRate": rate });
}

/** A run `factor` times as long. */
export function scaleSteps(config: Config, factor: number): Change | null {
  return change(config, { "training.steps": config.training.steps * factor });
}

/** Another activation after every hidden layer. */
export function changeActivation(config: Config, activation: string): Change | null {
  if (config.subject !== "dense") return change(config, { "model.activation": activation });
  return change(config, {
    "model.hidden": config.model.hidden.map((layer) => ({ ...layer, activation })),
  });
}

/** Every layer but the output `factor` times as wide; a hidden layer where there is none. */
export function scaleWidth(config: Config, factor: number): Change | null {
  const wider = (units: number) => Math.max(4, units * factor);
  if (config.subject === "dense") {
    const { hidden } = config.model;
    return change(config, {
      "model.hidden":
        hidden.length === 0
          ? [{ units: 8 * factor, activation: "relu" }]
          : hidden.map(({ units, activation }) => ({ units: wider(units), activation })),
    });
  }
  const { filters, hiddenUnits } = config.model;
  return change(config, {
    "model.filters": filters.map(wider),
    "model.hiddenUnits": hiddenUnits.length === 0 ? [16 * factor] : hiddenUnits.map(wider),
  });
}
