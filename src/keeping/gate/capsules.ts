import type { Verdict } from "../../judging/outcome/verdict.ts";
import type { Engine } from "../../learning/engine/startEngine.ts";
import { keepFailure } from "../capsule/keepFailure.ts";
import { record } from "../capsule/record.ts";
import type { GatedSubject } from "./gatedSubject.ts";
import { stateOf } from "./gateResult.ts";
import { worstSeed } from "./words.ts";

/** The run of a regressed subject that did worst, kept so that it can be made again. */
export interface KeptRun {
  readonly subject: string;
  readonly seed: number;
  /** Of the capsule. */
  readonly path: string;
  readonly verdict: Verdict;
  /** The likeliest cause, null where none is named. */
  readonly cause: string | null;
}

/** Keeps a capsule for each subject that regressed, in a folder that is made where there is something to keep. */
export async function keepRegressions(
  subjects: readonly GatedSubject[],
  engine: Engine,
  folder: string,
): Promise<readonly KeptRun[]> {
  const kept: KeptRun[] = [];
  for (const subject of subjects.filter((one) => stateOf(one) === "regressed")) {
    const seed = worstSeed(subject);
    const capsule = await record({ ...subject.config, seed }, engine);
    const { verdict, cause } = capsule.expected;
    kept.push({ subject: subject.name, seed, path: await keepFailure(capsule, folder), verdict, cause });
  }
  return kept;
}
