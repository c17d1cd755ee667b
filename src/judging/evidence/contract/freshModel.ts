import { engine, type Variable } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { type Criterion, createCriterion } from "../../../learning/loss/criterion.ts";
import { noteVariables } from "../../../learning/subject/disposeModel.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import { refuseLate } from "../timeLeft.ts";

/** A model as it is before training, which no run shares. */
export interface FreshModel {
  readonly subject: Subject;
  readonly model: LayersModel;
  readonly criterion: Criterion;
  /** The variables that were created while the model was built. */
  readonly created: readonly Variable[];
}

/** To build a model and to ask it once takes about as long as this many steps of the subject's own run. */
const ONE_PASS = 1;

/**
 * Builds a subject's model from its seed, lets `work` measure it, and disposes it.
 *
 * @throws {BudgetSpent} where the caller has no time for it.
 */
export async function withFreshModel<Result>(
  subject: Subject,
  work: (fresh: FreshModel) => Promise<Result>,
): Promise<Result> {
  refuseLate(subject, ONE_PASS);
  const disposeModel = noteVariables();
  const before = new Set(registeredVariables());
  const model = await subject.buildModel(subject.seed);
  try {
    const created = registeredVariables().filter((variable) => !before.has(variable));
    return await work({ subject, model, created, criterion: createCriterion(subject.loss) });
  } finally {
    disposeModel(model);
  }
}

function registeredVariables(): Variable[] {
  return Object.values(engine().registeredVariables);
}
