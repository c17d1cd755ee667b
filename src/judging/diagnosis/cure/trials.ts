import type { Config } from "../../../learning/config/schema.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import { named } from "../../../learning/training/progress.ts";
import { tryOwnChange } from "../../ownChange.ts";
import type { Finding } from "../finding.ts";
import type { Attempt, CuredRun, CureOptions, NotTried, Proposal } from "./attempt.ts";
import { trainChanged } from "./changedRun.ts";
import { boundWork } from "./work.ts";

/** A change that was tried, with the causes that are found for the changed run. */
export interface Trial {
  readonly attempt: Attempt;
  readonly findings: readonly Finding[];
  /** Null unless the change cures or ends on its way: runs and examples take memory. */
  readonly cured: CuredRun | null;
}

/** Tries changes, each config once, until the work or the time is spent. */
export interface Trials {
  /** Trains with a change; null if the change is refused, or if the work or the time is spent. */
  run(proposal: Proposal): Promise<Trial | null>;
  /**
   * Tells which changes are likely to be tried next, in this order, in place of those told before. Threads that are free may
   * train with them ahead; what comes out does not depend on it.
   */
  foresee(proposals: readonly (Proposal | null | undefined)[]): void;
  /** From now on takes runs for cured that end on their way, and that this tells to be much better than the original. */
  contentWith(isBetter: (attempt: Attempt) => boolean): void;
  /** Whether this config, or the original one, has been tried. */
  knows(config: Config): boolean;
  /** Everything that was tried, in order. */
  readonly finished: readonly Trial[];
  readonly attempts: readonly Attempt[];
  readonly notTried: readonly NotTried[];
}

const NO_TIME = "the time that the budget gives was spent";
const NO_WORK = "the search had done the work that it allows itself";

/** Begins the trials of changes of a config. */
export function createTrials(config: Config, options: CureOptions): Trials {
  let finished: readonly Trial[] = [];
  let isEnough: (attempt: Attempt) => boolean = () => false;
  const judged = (trial: Trial): Trial => {
    const { attempt } = trial;
    return attempt.isOnItsWay && isEnough(attempt)
      ? { ...trial, attempt: { ...attempt, cures: true } }
      : trial;
  };
  const notTried: NotTried[] = [];
  const work = boundWork(config);
  const known = new Map<string, Trial | null>([[JSON.stringify(config), null]]);
  const isKnown = (other: Config) => known.has(JSON.stringify(other));
  let foreseen: readonly Proposal[] = [];
  const skip = ({ cause, change }: Proposal, reason: string) => {
    notTried.push({ cause, change: change.description, reason });
    return null;
  };
  return {
    get finished() {
      return finished;
    },
    get attempts() {
      return finished.map(({ attempt }) => attempt);
    },
    notTried,
    knows: isKnown,
    contentWith(isBetter) {
      isEnough = isBetter;
      finished = finished.map(judged);
      for (const trial of finished) known.set(JSON.stringify(trial.attempt.config), trial);
    },
    foresee(proposals) {
      foreseen = proposals.filter((one): one is Proposal => one !== null && one !== undefined);
    },
    async run(proposal) {
      const { config: changed } = proposal.change;
      const key = JSON.stringify(changed);
      const before = known.get(key);
      if (before !== undefined) return before;
      known.set(key, null);
      if (options.isOver?.()) return skip(proposal, NO_TIME);
      if (!work.affords(changed)) return skip(proposal, NO_WORK);
      work.spend(changed);
      const next = foreseen.map(({ change }) => change.config);
      const ahead = next.filter((other) => !isKnown(other) && work.affords(other));
      const { value, refused } = await tryOwnChange(
        () => trainProposed(proposal, ahead, options),
        options.leavesOut,
      );
      if (refused !== null) return skip(proposal, refused);
      const trial = judged(value);
      known.set(key, trial);
      finished = [...finished, trial];
      return trial;
    },
  };
}

/** @param ahead configs that are likely to be trained next. */
async function trainProposed(
  { cause, change: { description, values, config } }: Proposal,
  ahead: readonly Config[],
  { bitExact, signal, onProgress, changes, secondsForChange, isLate }: CureOptions,
): Promise<Trial> {
  const watch = { signal, onProgress };
  const seconds = secondsForChange?.();
  changes?.foresee([config, ...ahead], seconds);
  const elsewhere = await changes?.train(config, { task: description, ...watch });
  const changed =
    elsewhere ?? (await trainChanged(config, { bitExact, seconds, isLate, ...named(description, watch) }));
  const { verdict, lossOverVariance, brokenLaws, cures, isOnItsWay, findings, run, cut } = changed;
  const attempt = {
    cause,
    change: description,
    values,
    config,
    verdict,
    lossOverVariance,
    brokenLaws,
    remaining: findings.map((finding) => finding.cause),
    cures,
    isOnItsWay,
    cut,
  };
  return { attempt, findings, cured: run && { subject: await createSubject(config), run } };
}
