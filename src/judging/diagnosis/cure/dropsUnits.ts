import type { Config } from "../../../learning/config/schema.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import { noteVariables } from "../../../learning/subject/disposeModel.ts";
import { allLayers } from "../../../learning/subject/layerTree.ts";

/** Whether a model has a rate of dropout to change: one that other code has built needs a layer with it. */
export async function dropsUnits(config: Config): Promise<boolean> {
  if (!("rework" in config)) return true;
  const subject = await createSubject(config);
  const dispose = noteVariables();
  const model = await subject.buildModel(config.seed);
  const drops = allLayers(model).some(
    (layer) =>
      /Dropout|Noise|^KerasRandom/.test(layer.getClassName()) || Number(layer.getConfig().dropout ?? 0) > 0,
  );
  dispose(model);
  return drops;
}
