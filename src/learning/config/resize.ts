import { kindOf } from "./kinds/kinds.ts";
import type { Config } from "./schema.ts";

/** Returns the config fields that set the size of the network, with new values: see {@link SubjectKind.resize}. */
export function resize(config: Config, factor: number, layers = 0): Readonly<Record<string, unknown>> {
  return kindOf(config).resize(config, factor, layers);
}
