import type { TableConfig, WrittenConfig } from "../schema.ts";
import { checkTableMemory, fillTableData } from "../tableLimits.ts";
import { standardised } from "./dense.ts";
import { resizeHidden } from "./hiddenLayers.ts";
import type { SubjectKind } from "./kind.ts";

/** A fully connected network that learns columns of a table from others. */
export const table: SubjectKind<Extract<WrittenConfig, { subject: "table" }>, TableConfig> = {
  complete: (config) => ({ ...config, data: fillTableData(config.data) }),
  check: checkTableMemory,
  files: ({ data }) => [data.file],
  runsCode: false,
  resize: ({ model }, factor, layers) => ({ "model.hidden": resizeHidden(model.hidden, factor, layers) }),
  activate: ({ model }, activation) => ({
    "model.hidden": model.hidden.map((layer) => ({ ...layer, activation })),
  }),
  ...standardised,
  outputs: () => null,
  classes: () => ({ "data.classification": true }),
};
