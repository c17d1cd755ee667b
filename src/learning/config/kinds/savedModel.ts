import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fillSavedModel } from "../../../foundation/savedModel/savedModelFile.ts";
import type { SavedModelConfig, WrittenConfig } from "../schema.ts";
import { checkTableMemory, fillTableData } from "../tableLimits.ts";
import { standardised } from "./dense.ts";
import type { SubjectKind } from "./kind.ts";
import { reworked } from "./rework.ts";

/** A model that TensorFlow.js saved, on columns of a table. */
export const savedModel: SubjectKind<Extract<WrittenConfig, { subject: "saved-model" }>, SavedModelConfig> = {
  complete: (config) => ({
    ...config,
    model: fillSavedModel(config.model),
    data: fillTableData(config.data),
  }),
  check: checkTableMemory,
  files: ({ model, data }) => [data.file, ...modelFiles(model.file)],
  runsCode: false,
  ...reworked,
  ...standardised,
  outputs: () => null,
  classes: (count) => ({ "data.classification": true, "rework.outputUnits": count }),
};

/**
 * Lists the files of a saved model. The config was checked, so the file was a model then; if it has changed since, the
 * next reader refuses it.
 */
function modelFiles(path: string): readonly string[] {
  try {
    const { weightsManifest } = JSON.parse(readFileSync(path, "utf8")) as {
      weightsManifest: { paths: string[] }[];
    };
    return [path, ...weightsManifest.flatMap(({ paths }) => paths.map((part) => join(dirname(path), part)))];
  } catch {
    return [path];
  }
}
