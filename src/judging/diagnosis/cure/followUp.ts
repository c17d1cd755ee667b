import { largestOf } from "../../../foundation/numbers/extremes.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Config } from "../../../learning/config/schema.ts";
import type { CheckVerdict } from "../../outcome/openEnd.ts";
import type { Cure, Proposal } from "./attempt.ts";
import { CLEARLY, errorOf } from "./judgeCauses.ts";
import { findSuspects } from "./suspects.ts";
import { takeBack } from "./takeBack.ts";
import type { Trial, Trials } from "./trials.ts";

/** Changes on top of the best one: so many rounds, with so many changes each. */
const ROUNDS = 2;
const CHANGES = 4;

/** How the original run ended. */
interface Start {
  readonly verdict: CheckVerdict;
  readonly lossOverVariance: number | null;
}

/**
 * A subject may have several faults. The change that helped the most is kept, the changed run is diagnosed again, and
 * the changes that its causes propose are tried on top. A cure is then reduced to the changes that it needs.
 *
 * @param onlyUnderWay whether only changed runs are followed that learn, or are on their way. @defaultValue false
 */
export async function followUp(
  { config, trials }: { readonly config: Config; readonly trials: Trials },
  start: Start,
  { onlyUnderWay = false }: { readonly onlyUnderWay?: boolean } = {},
): Promise<Cure | null> {
  const tried: Trial[] = [...trials.finished];
  const followed = new Set<Trial>();
  for (let round = 0; round < ROUNDS; round++) {
    const open = tried.filter((trial) => !followed.has(trial));
    const best = mostImproved(onlyUnderWay ? open.filter((trial) => isUnderWay(trial, start)) : open, start);
    if (!best) return null;
    followed.add(best);
    const onTop = await changesOnTop(config, best, trials);
    trials.foresee(onTop);
    for (const proposal of onTop) {
      const trial = await trials.run(proposal);
      if (trial?.attempt.cures) return takeBack(config, trial.attempt, trials);
      if (trial) tried.push(trial);
    }
  }
  return null;
}

/** Whether a changed run learns, or has come so far that nothing but more of the same is asked of it. */
function isUnderWay({ attempt, findings }: Trial, { lossOverVariance }: Start): boolean {
  if (attempt.verdict === "learns") return true;
  const isMuchBetter = errorOf(attempt) * CLEARLY <= errorOf({ lossOverVariance });
  return isMuchBetter && !attempt.cut?.isOpen && findings.every(({ asksForMore }) => asksForMore === true);
}

/** Chooses the changed run with the least error; a run that is no better than the original is not followed. */
function mostImproved(tried: readonly Trial[], start: Start): Trial | null {
  const error = (lossOverVariance: number | null) =>
    Number.isFinite(lossOverVariance) ? (lossOverVariance as number) : Number.MAX_VALUE;
  const better = tried.filter(
    ({ attempt, findings }) =>
      findings.length > 0 &&
      (error(attempt.lossOverVariance) < error(start.lossOverVariance) || attempt.verdict !== start.verdict),
  );
  return (
    better.sort((a, b) => error(a.attempt.lossOverVariance) - error(b.attempt.lossOverVariance))[0] ?? null
  );
}

/** Proposes the first changes of the causes that the changed run still has, each joined with the change it has. */
async function changesOnTop(config: Config, best: Trial, trials: Trials): Promise<readonly Proposal[]> {
  const { values, config: changed } = best.attempt;
  const suspects = await findSuspects(changed, best.findings);
  const most = Math.max(0, largestOf(suspects.map(({ proposals }) => proposals.length)));
  const proposals: Proposal[] = [];
  for (let place = 0; place < most; place++) {
    for (const suspect of suspects) {
      const proposal = suspect.proposals[place];
      const change = proposal && changeConfig(config, { ...values, ...proposal.change.values });
      if (change && !trials.knows(change.config)) proposals.push({ cause: suspect.cause, change });
    }
  }
  return proposals.slice(0, CHANGES);
}
