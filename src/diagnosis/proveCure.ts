import type { Config } from "../config/schema.ts";
import { checkLaws } from "../law/checkLaws.ts";
import { judge, type Verdict } from "../law/verdict.ts";
import { createSubject } from "../subject/createSubject.ts";
import { train } from "../training/train.ts";
import type { Cause } from "./cause.ts";
import type { CauseName } from "./causes.ts";
import { causes } from "./causes.ts";
import { diagnose } from "./diagnose.ts";
import type { Change, Finding } from "./finding.ts";

/** A change that was tried. */
export interface Attempt {
  /** The cause that proposes it. */
  readonly cause: CauseName;
  /** Such as `training.optimizer.learningRate 0.1 → 0.01`. */
  readonly change: string;
  readonly config: Config;
  readonly verdict: Verdict;
  /** Mean squared error over Var(Y) of the changed run. */
  readonly lossOverVariance: number | null;
  /** Laws of the changed subject that do not hold; empty as well where the run itself failed, and none was asked. */
  readonly brokenLaws: readonly string[];
  /** Whether the changed run learns, nothing speaks against it, and every law holds. */
  readonly cures: boolean;
}

/** A change that made every law hold. */
export type Cure = Attempt;

export interface CureSearch {
  /** The first that cures, or null where none of those tried did. */
  readonly cure: Cure | null;
  /** In the order tried. */
  readonly attempts: readonly Attempt[];
}

export interface CureOptions {
  readonly bitExact: boolean;
  /** @defaultValue 6 */
  readonly mostAttempts?: number;
  /** Called after each training step of an attempt. */
  readonly onStep?: (change: string, step: number, steps: number, loss: number) => void;
}

/** Trains with the changes that the findings propose, under the same seed, until one makes every law hold. */
export async function proveCure(
  config: Config,
  findings: readonly Finding[],
  { bitExact, mostAttempts = 6, onStep }: CureOptions,
): Promise<CureSearch> {
  const attempts: Attempt[] = [];
  for (const { cause, change } of proposeChanges(config, findings).slice(0, mostAttempts)) {
    const step = (at: number, steps: number, loss: number) => onStep?.(change.description, at, steps, loss);
    const attempt = await tryChange(cause, change, bitExact, step);
    attempts.push(attempt);
    if (attempt.cures) return { cure: attempt, attempts };
  }
  return { cure: null, attempts };
}

interface Proposal {
  readonly cause: CauseName;
  readonly change: Change;
}

/** A second cause's first change comes before the first cause's third: it may be the real one. */
function proposeChanges(config: Config, findings: readonly Finding[]): Proposal[] {
  const lists = findings.map(({ cause }) => changesFor(cause, config));
  const ranked = lists.flatMap((changes, place) =>
    changes.map((change, order) => ({
      cause: (findings[place] as Finding).cause,
      change,
      rank: 2 * place + order,
    })),
  );
  ranked.sort((a, b) => a.rank - b.rank);
  const seen = new Set<string>();
  return ranked.filter(({ change: { description } }) => !seen.has(description) && seen.add(description));
}

function changesFor(name: CauseName, config: Config): Change[] {
  const cause = causes.find((candidate) => candidate.name === name) as Cause;
  return (cause.cures?.(config) ?? []).filter((change): change is Change => change !== null);
}

async function tryChange(
  cause: CauseName,
  { description, config }: Change,
  bitExact: boolean,
  onStep: (step: number, steps: number, loss: number) => void,
): Promise<Attempt> {
  const subject = createSubject(config);
  const { thresholds } = config;
  const run = await train(subject, { onStep: (step, loss) => onStep(step, subject.steps, loss) });
  const verdict = judge(run, thresholds);
  const attempt = {
    cause,
    change: description,
    config,
    verdict,
    lossOverVariance: run.train.lossOverVariance,
  };
  const isSound = verdict === "learns" && (await diagnose(subject, run, { thresholds })).length === 0;
  if (!isSound) return { ...attempt, brokenLaws: [], cures: false };
  const check = await checkLaws(subject, {
    thresholds,
    bitExact,
    run,
    onProgress: ({ step, steps, loss }) => loss !== null && onStep(step, steps, loss),
  });
  const brokenLaws = check.laws.filter(({ holds }) => !holds).map(({ name }) => name);
  return { ...attempt, brokenLaws, cures: check.holds };
}
