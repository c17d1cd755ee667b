import type { Config } from "../../../learning/config/schema.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import { judgedError } from "../../../learning/training/evaluation.ts";
import { named } from "../../../learning/training/progress.ts";
import { checkLaws } from "../../law/checkLaws.ts";
import { tryOwnChange } from "../../ownChange.ts";
import { trainAndDiagnose } from "../../trainAndDiagnose.ts";
import type { Finding } from "../finding.ts";
import type { Attempt, CuredRun, CureOptions, NotTried, Proposal } from "./attempt.ts";
import { boundWork } from "./work.ts";

/** A change that was tried, with the causes that are found for the changed run. */
export interface Trial {
  readonly attempt: Attempt;
  readonly findings: readonly Finding[];
  /** Null unless the change cures: runs and examples take memory. */
  readonly cured: CuredRun | null;
}

/** Tries changes, each config once, until the work or the time is spent. */
export interface Trials {
  /** Trains with a change; null if the change is refused, or if the work or the time is spent. */
  run(proposal: Proposal): Promise<Trial | null>;
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
  const finished: Trial[] = [];
  const notTried: NotTried[] = [];
  const work = boundWork(config);
  const known = new Map<string, Trial | null>([[JSON.stringify(config), null]]);
  const skip = ({ cause, change }: Proposal, reason: string) => {
    notTried.push({ cause, change: change.description, reason });
    return null;
  };
  return {
    finished,
    get attempts() {
      return finished.map(({ attempt }) => attempt);
    },
    notTried,
    knows: (other) => known.has(JSON.stringify(other)),
    async run(proposal) {
      const { config: changed } = proposal.change;
      const key = JSON.stringify(changed);
      const before = known.get(key);
      if (before !== undefined) return before;
      known.set(key, null);
      if (options.isOver?.()) return skip(proposal, NO_TIME);
      if (!work.affords(changed)) return skip(proposal, NO_WORK);
      work.spend(changed);
      const { value, refused } = await tryOwnChange(() => trainChanged(proposal, options), options.leavesOut);
      if (refused !== null) return skip(proposal, refused);
      known.set(key, value);
      finished.push(value);
      return value;
    },
  };
}

async function trainChanged(
  { cause, change: { description, values, config } }: Proposal,
  { bitExact, signal, onProgress }: CureOptions,
): Promise<Trial> {
  const { thresholds } = config;
  const subject = await createSubject(config);
  const told = named(description, { signal, onProgress });
  const { run, verdict, findings } = await trainAndDiagnose(subject, { thresholds, ...told });
  const lossOverVariance = judgedError(run.train);
  const attempt = { cause, change: description, values, config, verdict, lossOverVariance };
  if (verdict !== "learns" || findings.length > 0)
    return { attempt: { ...attempt, brokenLaws: [], cures: false }, findings, cured: null };
  const check = await checkLaws(subject, { thresholds, bitExact, run, ...told });
  const brokenLaws = check.laws.filter(({ holds }) => !holds).map(({ name }) => name);
  const cured = check.holds ? { subject, run } : null;
  return { attempt: { ...attempt, brokenLaws, cures: check.holds }, findings, cured };
}
