import { readConfig } from "../../../learning/config/readConfig.ts";
import type { Config } from "../../../learning/config/schema.ts";
import type { NamedConfig, WhatKind } from "./whatKind.ts";

/** A config file, or the name of a subject that the project's learnproof.config defines. */
export const configWhat: WhatKind = {
  recognises: () => true,
  resolve: async (text) => nameConfig(await readConfig(text)),
};

/** Names a config by its subject. */
export function nameConfig(config: Config): NamedConfig {
  const name = config.subject === "own" ? config.name : config.subject;
  return { what: { kind: config.subject, name }, config, notes: [] };
}
