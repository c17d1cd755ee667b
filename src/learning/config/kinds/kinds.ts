import type { Config, WrittenConfig } from "../schema.ts";
import { box } from "./box.ts";
import { dense } from "./dense.ts";
import type { SubjectKind } from "./kind.ts";
import { own } from "./own.ts";
import { savedModel } from "./savedModel.ts";
import { table } from "./table.ts";

/** Every kind of subject by the name that a config gives it. */
const kinds: {
  readonly [Name in Config["subject"]]: SubjectKind<
    Extract<WrittenConfig, { subject: Name }>,
    Extract<Config, { subject: Name }>
  >;
} = { "box-regression": box, dense, table, "saved-model": savedModel, own };

/** The kind of a config's subject. The table above pairs each name with its own type of config. */
export function kindOf(config: { readonly subject: Config["subject"] }): SubjectKind<WrittenConfig, Config> {
  return kinds[config.subject] as unknown as SubjectKind<WrittenConfig, Config>;
}
