import { noteVariables } from "../../learning/subject/disposeModel.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import { needsBatchStatistics } from "../../learning/training/batchStatistics.ts";

/** Whether a rung of one example can be asked of a subject: see {@link needsBatchStatistics}. */
export async function canLearnOneExample(subject: Subject): Promise<boolean> {
  const disposeModel = noteVariables();
  const model = await subject.buildModel(subject.seed);
  try {
    return !needsBatchStatistics(model);
  } finally {
    disposeModel(model);
  }
}
