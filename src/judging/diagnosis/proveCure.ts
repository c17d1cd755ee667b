import type { Config } from "../../learning/config/schema.ts";
import type { Outcome } from "../trainAndDiagnose.ts";
import { type Cure, type CureOptions, type CureSearch, withoutSearch } from "./cure/attempt.ts";
import { followUp } from "./cure/followUp.ts";
import { judgeCauses } from "./cure/judgeCauses.ts";
import { placeInRecipe, soundRecipe } from "./cure/recipe.ts";
import { findSuspects, type Suspect, unite } from "./cure/suspects.ts";
import { takeBack } from "./cure/takeBack.ts";
import { createTrials, type Trials } from "./cure/trials.ts";
import { workOf } from "./cure/work.ts";
import type { Finding } from "./finding.ts";

/** A failed run: its verdict, its causes and its error. */
export type FailedRun = Pick<Outcome, "run" | "verdict" | "findings">;

/**
 * Finds the causes by changing them: it trains with the changes that the likely causes propose, under the same seed,
 * and calls a cause proven if its change alone makes every law hold.
 *
 * The search goes from small to large: each likely cause's first change alone, then these together, then each cause's
 * other changes, then further changes on top of the best one, and last a whole sound recipe. A cure of several changes
 * is reduced to those that it needs. The search is bounded by its work, which is the same on every machine.
 */
export async function proveCure(
  config: Config,
  { run, verdict, findings }: FailedRun,
  options: CureOptions,
): Promise<CureSearch> {
  const suspects = await findSuspects(config, findings);
  if (suspects.length === 0 && verdict === "learns") return withoutSearch(findings, "nothing is suspected");
  const trials = createTrials(config, options);
  const search: Search = { config, suspects, trials, judgesAll: options.judgesAll ?? false };
  const { lossOverVariance } = run.train;
  const cure =
    (await changeEach(search)) ??
    (await changeTogether(search)) ??
    (isBeyondConfigs(findings, suspects)
      ? null
      : ((await changeFurther(search)) ??
        (await followUp(search, { verdict, lossOverVariance })) ??
        (verdict === "learns" ? null : await followRecipe(search))));
  const { attempts, notTried, finished } = trials;
  const cured = finished.find(({ attempt }) => attempt === cure)?.cured ?? null;
  const causes = judgeCauses({ config, lossOverVariance, findings, suspects, attempts, notTried, cure });
  return { cure, cured, attempts, notTried, causes };
}

interface Search {
  readonly config: Config;
  readonly suspects: readonly Suspect[];
  readonly trials: Trials;
  readonly judgesAll: boolean;
}

/** Ranks from here on are given for facts about the code or the data alone. */
const CERTAIN = 0.97;

/** Whether the first cause is a fact that no field of a config changes, such as labels that are all the same. */
function isBeyondConfigs([first]: readonly Finding[], [suspect]: readonly Suspect[]): boolean {
  return first !== undefined && first.confidence >= CERTAIN && suspect?.proposals.length === 0;
}

/** The most causes whose first changes are tried alone. */
const MOST_SUSPECTS = 8;
/** Once a cure is found, changes that take this many times the work of the original run are left out. */
const COSTLY = 4;

/** Tries each likely cause's first change alone. */
async function changeEach({ config, suspects, trials, judgesAll }: Search): Promise<Cure | null> {
  let cure: Cure | null = null;
  for (const { proposals } of suspects.slice(0, MOST_SUSPECTS)) {
    const [first] = proposals;
    if (!first) continue;
    if (cure && workOf(first.change.config) >= COSTLY * workOf(config)) continue;
    const trial = await trials.run(first);
    if (trial?.attempt.cures) cure = smaller(cure, trial.attempt);
    if (cure && !judgesAll) return cure;
  }
  return cure;
}

/** Of two cures, the one that changes fewer fields; of equal ones the first. */
function smaller(one: Cure | null, other: Cure): Cure {
  const fields = ({ values }: Cure) => Object.keys(values).length;
  return one && fields(one) <= fields(other) ? one : other;
}

/** Tries all first changes together, and takes back what is not needed. */
async function changeTogether({ config, suspects, trials }: Search): Promise<Cure | null> {
  const firsts = suspects.slice(0, MOST_SUSPECTS).flatMap(({ proposals }) => proposals.slice(0, 1));
  const all = firsts.length > 1 ? unite(config, firsts) : null;
  if (!all || trials.knows(all.change.config)) return null;
  const trial = await trials.run(all);
  return trial?.attempt.cures ? takeBack(config, trial.attempt, trials) : null;
}

/** Tries the other changes of each cause: all second ones before any third. */
async function changeFurther({ suspects, trials }: Search): Promise<Cure | null> {
  const most = Math.max(0, ...suspects.map(({ proposals }) => proposals.length));
  for (let place = 1; place < most; place++) {
    for (const { proposals } of suspects.slice(0, MOST_SUSPECTS)) {
      const proposal = proposals[place];
      const trial = proposal && (await trials.run(proposal));
      if (trial?.attempt.cures) return trial.attempt;
    }
  }
  return null;
}

/** Tries the sound recipe whole, and takes back what is not needed. */
async function followRecipe({ config, suspects, trials }: Search): Promise<Cure | null> {
  const change = await soundRecipe(config);
  if (!change) return null;
  const trial = await trials.run({ cause: suspects[0]?.cause ?? "too-few-steps", change });
  return trial?.attempt.cures ? takeBack(config, trial.attempt, trials, placeInRecipe) : null;
}
