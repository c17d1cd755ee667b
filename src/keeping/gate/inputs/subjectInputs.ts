import { createHash } from "node:crypto";
import { kindOf } from "../../../learning/config/kinds/kinds.ts";
import type { Engine } from "../../../learning/engine/startEngine.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import type { SubjectConfig } from "../subjectConfig.ts";
import { hashInputs } from "./inputsHash.ts";
import { hashSubject } from "./subjectHash.ts";

/**
 * SHA-256, in hexadecimal, of all that a subject's measurements depend on, with what it gives for its own seed standing
 * for what it gives for any: the same hash at two commits means that nothing changed in between.
 */
export async function hashSubjectInputs({ config }: SubjectConfig, engine: Engine): Promise<string> {
  const inputs = await hashInputs({ config, engine: engine.name });
  const trainFirst = engine.bitExact && kindOf(config).runsCode;
  const { begun } = await hashSubject(await createSubject(config), trainFirst);
  return createHash("sha256").update(`${inputs}${begun}`).digest("hex");
}
