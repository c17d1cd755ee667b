import { InputError } from "../foundation/input/inputError.ts";
import { type NamedBaseline, USUAL_FLOOR } from "../keeping/gate/baseline.ts";
import { BASELINE_FACTOR, FIRST_LOOK, SECOND_LOOK } from "../keeping/gate/comparing/plan.ts";
import { type GateOptions, gateSubject, LADDER_STEPS } from "../keeping/gate/gate.ts";
import type { GatedSubject } from "../keeping/gate/gatedSubject.ts";
import { type Proposal, proposeBaseline } from "../keeping/gate/newBaseline.ts";
import { plain } from "../keeping/gate/plain.ts";
import type { SubjectConfig } from "../keeping/gate/subjectConfig.ts";
import type { Deadline } from "./deadline.ts";
import type { GateCommandOptions } from "./gateOptions.ts";
import { inConfig } from "./gateRefusals.ts";
import { createTotalProgress } from "./progress.ts";

/** The subjects of a run, and what it knows of them. */
export interface SubjectsToGate {
  readonly subjects: readonly SubjectConfig[];
  /** The same of the whole gate, of which this run may be one part. */
  readonly every: readonly SubjectConfig[];
  /** Names of subjects that need not be measured. */
  readonly unchanged: readonly string[];
  readonly baselines: readonly NamedBaseline[];
  readonly options: GateOptions;
}

/** Compares each subject with its baseline. */
export async function gateAll(
  { subjects, baselines, options }: SubjectsToGate,
  deadline: Deadline,
): Promise<GatedSubject[]> {
  return withEach(subjects, FIRST_LOOK, deadline, async (subject, onProgress) => {
    const baseline = baselines.find(({ subject: name }) => name === subject.name);
    if (!baseline) throw new Error(`gate: ${subject.name} has no baseline`);
    return gateSubject(subject, baseline, { ...options, signal: deadline.signal, onProgress });
  });
}

/** Measures new baselines, in place of those that there are. */
export async function proposeAll(
  { subjects, baselines, options }: SubjectsToGate,
  { reason, acceptWorse, floor, gateSeeds, minutes, deadline }: GateCommandOptions,
): Promise<Proposal[]> {
  return withEach(subjects, BASELINE_FACTOR * SECOND_LOOK, deadline, async (subject, onProgress) => {
    const former = baselines.find(({ subject: name }) => name === subject.name);
    const why = reason ?? "first baseline";
    const kept = former?.floor ?? USUAL_FLOOR;
    const terms = {
      reason: why,
      acceptWorse,
      gateSeeds,
      minutes,
      floor: floor === undefined ? kept : { ratio: floor, reason: why },
    };
    return proposeBaseline(subject, former, terms, { ...options, signal: deadline.signal, onProgress });
  });
}

type OnProgress = NonNullable<GateOptions["onProgress"]>;

/** @param seeds that each subject takes at least. */
async function withEach<Result>(
  subjects: readonly SubjectConfig[],
  seeds: number,
  deadline: Deadline,
  work: (subject: SubjectConfig, onProgress: OnProgress) => Promise<Result>,
): Promise<Result[]> {
  const stepsOf = ({ config }: SubjectConfig) => config.training.steps + LADDER_STEPS;
  const progress = createTotalProgress(subjects.reduce((sum, subject) => sum + seeds * stepsOf(subject), 0));
  const results: Result[] = [];
  try {
    for (const subject of subjects) {
      const onProgress = {
        begin: (name: string, seed: number, most: number) =>
          progress.begin(`${plain(name.slice(0, 16))} ${seed}/${most}`, stepsOf(subject)),
        step() {
          deadline.look();
          progress.step();
        },
      };
      results.push(
        await work(subject, onProgress).catch((error: unknown) => {
          throw error instanceof InputError ? inConfig(error, subject.configFile) : error;
        }),
      );
    }
  } finally {
    progress.end();
  }
  return results;
}
