import type { Config } from "../../learning/config/schema.ts";
import { judgedError } from "../../learning/training/evaluation.ts";
import type { CheckVerdict } from "../outcome/openEnd.ts";
import type { Outcome } from "../trainAndDiagnose.ts";
import {
  type Attempt,
  type Cure,
  type CureOptions,
  type CureSearch,
  type JudgedCause,
  withoutSearch,
} from "./cure/attempt.ts";
import { contentWithItsWay } from "./cure/contentWithItsWay.ts";
import { judgeCauses } from "./cure/judgeCauses.ts";
import { FOR_FACTS, type Search, STAGES, type Stage, smaller } from "./cure/stages.ts";
import { findSuspects, type Suspect } from "./cure/suspects.ts";
import { createTrials } from "./cure/trials.ts";
import type { Finding } from "./finding.ts";

/** A failed run: its verdict, its causes and its error. */
export type FailedRun = Pick<Outcome, "run" | "findings"> & { readonly verdict: CheckVerdict };

/**
 * Finds the causes by changing them: it trains with the changes that the likely causes propose, under the same seed,
 * and calls a cause proven if its change alone makes every law hold.
 *
 * The likeliest causes' first changes are tried alone. If one of them makes the run learn, or brings it far on its way,
 * further changes on top follow at once; otherwise all first changes are tried together, then a whole sound recipe. A
 * cure of several changes is reduced to those that it needs. Last come the other changes of each cause, and further
 * changes on top of the best one. Where none makes every law hold, one is enough of whose run a check would leave the rest to
 * its author. The search is bounded by its work, which is the same on every machine.
 */
export async function proveCure(
  config: Config,
  { run, verdict, findings }: FailedRun,
  options: CureOptions,
): Promise<CureSearch> {
  const suspects = await findSuspects(config, findings);
  if (suspects.length === 0 && verdict === "learns") return withoutSearch(findings, "nothing is suspected");
  const trials = createTrials(config, options);
  const lossOverVariance = judgedError(run.train);
  const { judgesAll = false } = options;
  const search: Search = { config, suspects, trials, verdict, lossOverVariance, judgesAll };
  const isBeyond = isBeyondConfigs(findings, suspects);
  const found =
    (await searchFrom(isBeyond ? FOR_FACTS : STAGES, search)) ?? (await contentWithItsWay(search));
  const { attempts, notTried, finished } = trials;
  const causes = judgeCauses({
    config,
    verdict,
    lossOverVariance,
    findings,
    suspects,
    attempts,
    notTried,
    cure: found,
  });
  const cure = found && ofFirstCause(found, causes, attempts);
  const cured = finished.find(({ attempt }) => attempt === cure)?.cured ?? null;
  return { cure, cured, attempts, notTried, causes };
}

/** Of cures that change as little, the one that proves the first cause. */
function ofFirstCause(found: Cure, [first]: readonly JudgedCause[], attempts: readonly Attempt[]): Cure {
  const own = attempts.find(({ cures, change }) => cures && change === first?.change);
  return own && first?.status === "proven" ? smaller(own, found) : found;
}

/** Goes through the stages until a cure is found; those that give each likely cause its status are made all the same. */
async function searchFrom(
  stages: readonly (readonly [stage: Stage, givesStatus: boolean])[],
  search: Search,
): Promise<Cure | null> {
  let cure: Cure | null = null;
  for (const [stage, givesStatus] of stages) {
    if (cure && !(givesStatus && search.judgesAll)) continue;
    cure = await stage(search, cure);
  }
  return cure;
}

/** Ranks from here on are given for facts about the code or the data alone. */
const CERTAIN = 0.97;

/** Whether the first cause is a fact that no field of a config changes, such as labels that are all the same. */
function isBeyondConfigs([first]: readonly Finding[], [suspect]: readonly Suspect[]): boolean {
  return first !== undefined && first.rank >= CERTAIN && suspect?.proposals.length === 0;
}
