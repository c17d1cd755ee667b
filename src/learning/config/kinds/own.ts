import { checkOwnConfig } from "../ownDefaults.ts";
import type { OwnConfig, WrittenConfig } from "../schema.ts";
import { standardised } from "./dense.ts";
import type { SubjectKind } from "./kind.ts";
import { reworked } from "./rework.ts";

/** A subject that a project's own code defines. */
export const own: SubjectKind<Extract<WrittenConfig, { subject: "own" }>, OwnConfig> = {
  complete: (config) => config,
  check: checkOwnConfig,
  files: () => [],
  runsCode: true,
  ...reworked,
  ...standardised,
  outputs: () => null,
  classes: (count) => ({ "data.classNumbers": true, "rework.outputUnits": count }),
};
