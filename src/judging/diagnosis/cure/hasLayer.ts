import type { layers } from "@tensorflow/tfjs-layers";
import type { Config } from "../../../learning/config/schema.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import { noteVariables } from "../../../learning/subject/disposeModel.ts";
import { allLayers } from "../../../learning/subject/layerTree.ts";

/** Whether the model of a config has a layer of this kind; it is built and disposed. */
export async function hasLayer(config: Config, isOfKind: (layer: layers.Layer) => boolean): Promise<boolean> {
  const subject = await createSubject(config);
  const dispose = noteVariables();
  const model = await subject.buildModel(config.seed);
  const has = allLayers(model).some(isOfKind);
  dispose(model);
  return has;
}
