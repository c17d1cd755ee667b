import { type Change, changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Config } from "../../../learning/config/schema.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import { noteVariables } from "../../../learning/subject/disposeModel.ts";

/**
 * Proposes a hidden layer for a model that other code has built and that has none: it has no width to change. The
 * built-in networks get theirs by their own fields.
 *
 * @returns null where there is a hidden layer, or the change does not apply.
 */
export async function addHiddenLayer(config: Config): Promise<Change | null> {
  if (!("rework" in config) || config.rework.layers > 0) return null;
  const subject = await createSubject(config);
  const dispose = noteVariables();
  const model = await subject.buildModel(config.seed);
  const weighty = model.layers.filter((layer) => layer.countParams() > 0);
  const lacks = model.outputs.length === 1 && weighty.length === 1;
  dispose(model);
  return lacks ? changeConfig(config, { "rework.layers": 1 }) : null;
}
