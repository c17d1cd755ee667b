import type { Engine } from "../../learning/engine/startEngine.ts";
import { keepFailure } from "../capsule/keepFailure.ts";
import { record } from "../capsule/record.ts";
import type { GatedSubject } from "./gatedSubject.ts";
import { type KeptRun, stateOf } from "./gateResult.ts";
import { worstSeed } from "./worstSeed.ts";

/** Keeps a capsule for each subject that regressed, in a folder that is made where there is something to keep. */
export async function keepRegressions(
  subjects: readonly GatedSubject[],
  engine: Engine,
  folder: string,
): Promise<readonly KeptRun[]> {
  const kept: KeptRun[] = [];
  for (const subject of subjects.filter((one) => stateOf(one) === "regressed")) {
    const seed = worstSeed(subject.measurements);
    const capsule = await record({ ...subject.config, seed }, engine);
    const { verdict, cause } = capsule.expected;
    kept.push({ subject: subject.name, seed, path: await keepFailure(capsule, folder), verdict, cause });
  }
  return kept;
}
