import { createHash } from "node:crypto";
import { kindOf } from "../../../learning/config/kinds/kinds.ts";
import { readProjectCode } from "../../../learning/config/projectCode.ts";
import type { Config } from "../../../learning/config/schema.ts";
import type { EngineName } from "../../../learning/engine/engineName.ts";
import { hashCode } from "./codeHash.ts";
import { installedVersions } from "./installedVersions.ts";
import { readLockFiles } from "./lockFile.ts";

export interface HashedInputs {
  readonly config: Config;
  readonly engine: EngineName;
}

/**
 * SHA-256, in hexadecimal, of what all seeds of a measurement depend on: the config, the engine, the code that
 * trains and measures, the packages that are installed, and Node's version. What a seed itself gives, such as its
 * examples, is hashed by {@link hashSubject}.
 */
export async function hashInputs({ config, engine }: HashedInputs): Promise<string> {
  const hash = createHash("sha256");
  const add = (name: string, value: string | Buffer) =>
    hash.update(`${name}\0${value.length}\0`).update(value);
  add("config", JSON.stringify({ ...config, seed: null }));
  if (kindOf(config).runsCode) add("project", await readProjectCode());
  add("engine", engine);
  add("node", process.version);
  for (const [name, version] of installedVersions()) add(name, version);
  for (const { name, bytes } of readLockFiles()) add(name, bytes);
  add("code", await hashCode());
  return hash.digest("hex");
}
