import type { LayerJson, ModelJson } from "../topologyJson.ts";
import { prependLayer } from "./insertLayer.ts";

/** Numbers that stand for a code; a table of words uses hundreds, but what a check needs to tell them apart is little. */
const NUMBERS = 16;

/**
 * Gives each code numbers of its own before the first layer, in place of its size. Steps of one number each stay steps;
 * the codes of a row stand one behind the other.
 *
 * @param codes how many there are: each input is a whole number from 0 and below it.
 */
export function lookUpCodes(model: ModelJson, codes: number): ModelJson {
  const shape = shapeOf(model);
  const settings = { input_dim: codes, output_dim: NUMBERS };
  const isSteps = shape.length === 2;
  const inner = isSteps ? model : prependLayer(model, "Flatten", {});
  const looked = prependLayer(inner, "Embedding", settings);
  return isSteps ? prependLayer(looked, "Reshape", { target_shape: [shape[0] ?? -1] }) : looked;
}

/** The shape of one example. */
function shapeOf({ config: { layers } }: ModelJson): readonly (number | null)[] {
  const shape = layers.map(({ config }: LayerJson) => config.batch_input_shape).find(Array.isArray);
  return ((shape ?? []) as (number | null)[]).slice(1);
}
