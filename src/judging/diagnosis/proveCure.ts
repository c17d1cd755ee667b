import type { Change } from "../../learning/config/changeConfig.ts";
import type { Config } from "../../learning/config/schema.ts";
import { createSubject } from "../../learning/subject/createSubject.ts";
import { named, type Watch } from "../../learning/training/progress.ts";
import { checkLaws } from "../law/checkLaws.ts";
import type { Verdict } from "../outcome/verdict.ts";
import { tryOwnChange } from "../ownChange.ts";
import { trainAndDiagnose } from "../trainAndDiagnose.ts";
import type { Cause } from "./cause.ts";
import type { CauseName } from "./causes.ts";
import { causes } from "./causes.ts";
import type { Finding } from "./finding.ts";

/** A change that was tried. */
export interface Attempt {
  /** The cause that proposes it. */
  readonly cause: CauseName;
  /** A description such as `training.optimizer.learningRate 0.1 → 0.01`. */
  readonly change: string;
  readonly config: Config;
  readonly verdict: Verdict;
  /** Mean squared error over Var(Y) of the changed run. */
  readonly lossOverVariance: number | null;
  /** Laws that the changed subject breaks; also empty if its run failed, since then no law is measured. */
  readonly brokenLaws: readonly string[];
  /** Whether the changed run learns, the diagnosis finds no cause, and every law holds. */
  readonly cures: boolean;
}

/** A change that made every law hold. */
export type Cure = Attempt;

export interface CureSearch {
  /** The first change that cures; null if no change did. */
  readonly cure: Cure | null;
  /** All changes that were tried, in order. */
  readonly attempts: readonly Attempt[];
  /** Changes that could not be tried, because the subject's own code or TensorFlow.js refuses them. */
  readonly notTried: readonly NotTried[];
}

/** A change that could not be tried. */
export interface NotTried {
  /** The cause that proposes it. */
  readonly cause: CauseName;
  /** A description such as `rework.width 1 → 2`. */
  readonly change: string;
  /** Why it was refused. */
  readonly reason: string;
}

/** Options of {@link proveCure}. Progress names the change that is tried as its task. */
export interface CureOptions extends Watch {
  /** Whether the engine promises the same bits for the same run. */
  readonly bitExact: boolean;
}

/** The most changes tried on the config itself, and again on top of the best of them. */
const ATTEMPTS = 4;
const MOST_CHANGES = 3;
/** Causes whose confidence is this much below the likeliest are not tried. */
const UNLIKELY = 0.45;

/**
 * Trains with the changes that the findings propose, under the same seed, until one makes every law hold.
 *
 * A subject may have several faults. If no single change cures it, the change that helped the most is kept, the changed
 * run is diagnosed again, and the changes proposed for it are tried on top.
 */
export async function proveCure(
  config: Config,
  findings: readonly Finding[],
  options: CureOptions,
): Promise<CureSearch> {
  const attempts: Attempt[] = [];
  const notTried: NotTried[] = [];
  // A second change may undo the first; a config that has been trained already is not trained again.
  const known = new Set([JSON.stringify(config)]);
  let patient: Patient | null = { config, findings, changes: [] };
  for (let depth = 0; depth < MOST_CHANGES && patient; depth++) {
    const tried: Patient[] = [];
    const proposals = (await proposeChanges(patient)).filter(
      ({ change }) => !known.has(JSON.stringify(change.config)),
    );
    for (const proposal of proposals.slice(0, ATTEMPTS)) {
      known.add(JSON.stringify(proposal.change.config));
      const from = patient;
      const { value, refused } = await tryOwnChange(() => tryChange(from, proposal, options));
      if (refused !== null) {
        const { cause, change } = proposal;
        notTried.push({ cause, change: change.description, reason: refused });
        continue;
      }
      const { attempt, patient: changed } = value;
      attempts.push(attempt);
      if (attempt.cures) return { cure: attempt, attempts, notTried };
      tried.push(changed);
    }
    patient = mostImproved(patient, tried);
  }
  return { cure: null, attempts, notTried };
}

/** A config that fails, and the causes found for it. */
interface Patient {
  readonly config: Config;
  readonly findings: readonly Finding[];
  readonly changes: readonly string[];
  /** Absent for the original config. */
  readonly lossOverVariance?: number | null;
}

/** Chooses, among the changed configs whose likeliest cause is now another, the one with the least loss. */
function mostImproved({ findings }: Patient, tried: readonly Patient[]): Patient | null {
  const before = findings[0]?.cause;
  const error = ({ lossOverVariance }: Patient) =>
    Number.isFinite(lossOverVariance) ? (lossOverVariance as number) : Number.MAX_VALUE;
  const others = tried.filter(
    (patient) => patient.findings.length > 0 && patient.findings[0]?.cause !== before,
  );
  return others.sort((a, b) => error(a) - error(b))[0] ?? null;
}

interface Proposal {
  readonly cause: CauseName;
  readonly change: Change;
}

/** Orders proposals so that the second cause's first change comes before the first cause's third. */
async function proposeChanges({ config, findings }: Patient): Promise<Proposal[]> {
  const likely = findings.filter(({ confidence }) => confidence > (findings[0]?.confidence ?? 0) - UNLIKELY);
  const proposed = await Promise.all(likely.map(({ cause }) => changesFor(cause, config)));
  const ranked = likely.flatMap(({ cause }, place) =>
    (proposed[place] ?? []).map((change, order) => ({ cause, change, rank: 2 * place + order })),
  );
  ranked.sort((a, b) => a.rank - b.rank);
  const seen = new Set<string>();
  return ranked.filter(({ change: { description } }) => !seen.has(description) && seen.add(description));
}

async function changesFor(name: CauseName, config: Config): Promise<Change[]> {
  const cause = causes.find((candidate) => candidate.name === name) as Cause;
  return ((await cause.cures?.(config)) ?? []).filter((change): change is Change => change !== null);
}

async function tryChange(
  patient: Patient,
  { cause, change: { description, config } }: Proposal,
  { bitExact, ...watch }: CureOptions,
): Promise<{ attempt: Attempt; patient: Patient }> {
  const changes = [...patient.changes, description];
  const change = changes.join(", ");
  const subject = await createSubject(config);
  const { thresholds } = config;
  const told = named(change, watch);
  const { run, verdict, findings } = await trainAndDiagnose(subject, { thresholds, ...told });
  const { lossOverVariance } = run.train;
  const changed = { config, findings, changes, lossOverVariance };
  const attempt = { cause, change, config, verdict, lossOverVariance };
  if (verdict !== "learns" || findings.length > 0) {
    return { attempt: { ...attempt, brokenLaws: [], cures: false }, patient: changed };
  }
  const check = await checkLaws(subject, {
    thresholds,
    bitExact,
    run,
    ...told,
  });
  const brokenLaws = check.laws.filter(({ holds }) => !holds).map(({ name }) => name);
  return { attempt: { ...attempt, brokenLaws, cures: check.holds }, patient: changed };
}
