import type { Config } from "../../../learning/config/schema.ts";
import { hasLayer } from "./hasLayer.ts";

/** Whether a model has a rate of dropout to change: one that other code has built needs a layer with it. */
export async function dropsUnits(config: Config): Promise<boolean> {
  if (!("rework" in config)) return true;
  return hasLayer(
    config,
    (layer) =>
      /Dropout|Noise|^KerasRandom/.test(layer.getClassName()) || Number(layer.getConfig().dropout ?? 0) > 0,
  );
}
