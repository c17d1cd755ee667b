// A program that would train for long is cut to its first steps. Where these are too few to tell what it learns, the check
// makes more of them, as far as its time allows.

import { startClock } from "../../foundation/clock.ts";
import { changeConfig } from "../../learning/config/changeConfig.ts";
import { programOf } from "../../learning/keras/program/loadProgram.ts";
import { createSubject } from "../../learning/subject/createSubject.ts";
import { MisfitError } from "../../learning/subject/misfit/misfit.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import { named, type Watch } from "../../learning/training/progress.ts";
import { type TrainingRun, type TrainOptions, train } from "../../learning/training/train.ts";
import { fairThresholds } from "../outcome/fairThresholds.ts";
import { isFlatSoFar } from "../outcome/flatOutput.ts";
import { hasOpenEnd, hasSettled } from "../outcome/openEnd.ts";
import { judge } from "../outcome/verdict.ts";
import type { Budget } from "./budget.ts";
import type { Resolved } from "./what/what.ts";

/** A subject that is to be checked, with its own run where that was made already. */
export interface Lengthened extends Resolved {
  readonly run?: TrainingRun | undefined;
}

/** Without a budget, a run may become so many times as long. */
const LONGER = 4;
/** Of what is left of a budget, a longer run may take so much: laws and changes that may cure need the rest. */
const SHARE = 0.4;
/** A run that is not this much longer shows hardly more. */
const WORTH_IT = 1.3;

/**
 * Makes the run of a program that was cut, and gives it more steps if those may still change what it has learnt.
 *
 * @returns the subject as it was given, where it stands for no program or makes all of the program's steps.
 */
export async function lengthen(resolved: Resolved, budget: Budget, watch: Watch): Promise<Lengthened> {
  const { config, thresholds } = resolved;
  const programSteps = programOf(config)?.steps ?? 0;
  if (config === null || programSteps <= resolved.subject.steps) return resolved;
  const subject: Subject = { ...resolved.subject, programSteps };
  const seconds = startClock();
  const run = await firstRun(subject, budget, watch);
  if (run === null) return { ...resolved, subject };
  const made = { ...resolved, subject, run };
  const fair = fairThresholds(subject, thresholds);
  const verdict = judge(run, fair);
  const isOpen = hasOpenEnd(run, subject, verdict) || isFlatSoFar(run, subject, verdict, fair);
  if (run.trace.cutShort !== undefined || !isOpen) return made;
  const left = budget.left();
  const longer = left === null ? LONGER : (SHARE * left) / Math.max(seconds(), Number.EPSILON);
  const steps = Math.min(programSteps, Math.floor(longer * subject.steps));
  const changed =
    steps >= WORTH_IT * subject.steps ? changeConfig(config, { "training.steps": steps }) : null;
  if (changed === null) return made;
  const lengthened = await createSubject(changed.config);
  return { ...resolved, config: changed.config, subject: { ...lengthened, programSteps } };
}

/** Asks before each step whether the budget ends the subject's own run; undefined without a budget. */
export function endOf({ steps }: Subject, { endsRun }: Budget): TrainOptions["isOver"] {
  return endsRun && ((soFar) => endsRun({ steps, hasSettled: () => hasSettled(soFar, { steps }) }));
}

/** Returns null for a model that does not fit its targets, which is for the check to tell. */
async function firstRun(subject: Subject, budget: Budget, watch: Watch): Promise<TrainingRun | null> {
  try {
    return await train(subject, {
      probes: true,
      isOver: endOf(subject, budget),
      ...named("training", watch),
    });
  } catch (error) {
    if (error instanceof MisfitError) return null;
    throw error;
  }
}
