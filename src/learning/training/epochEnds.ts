import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { Criterion } from "../loss/criterion.ts";
import type { Optimizer } from "../optimizer/optimizer.ts";
import { sampleExamples } from "../subject/sample.ts";
import type { Subject } from "../subject/subject.ts";
import { createStopper } from "./earlyStopping.ts";
import { evaluate } from "./evaluation.ts";
import { readingsOf } from "./monitor.ts";
import { createRateLowering } from "./plateau.ts";
import type { Trace } from "./trace.ts";

/** What a subject asks for at the end of every epoch: to stop early, or to lower the learning rate. */
export interface EpochEnds {
  /** Whether this step is the last of an epoch. @param made steps so far */
  asksAfter(made: number): boolean;
  /** Is asked after the last step of each epoch. @returns whether the run ends here */
  endsAfter(trace: Trace): Promise<boolean>;
  /** Restores the best weights, where the subject asks for it, and frees what was kept. */
  finish(): void;
}

/** The parts of a run that decide what happens at the end of an epoch. */
interface Parts {
  readonly model: LayersModel;
  readonly optimizer: Optimizer;
  readonly criterion: Criterion;
}

/** Creates what happens at the end of every epoch; null where the subject asks for nothing. */
export function createEpochEnds(subject: Subject, { model, optimizer, criterion }: Parts): EpochEnds | null {
  const { earlyStopping, heldOut, train, batchSize } = subject;
  const named = typeof subject.optimizer === "function" ? null : subject.optimizer;
  const stopper = earlyStopping ? createStopper(earlyStopping, model) : null;
  const lowering = named?.onPlateau && createRateLowering(named.onPlateau, named.learningRate, optimizer);
  if (!stopper && !lowering) return null;
  const steps =
    earlyStopping?.epochSteps ?? named?.onPlateau?.epochSteps ?? Math.ceil(train.count / batchSize);
  const judged = { train: sampleExamples(train, subject.seed), heldOut };
  return {
    asksAfter: (made) => made % steps === 0,
    async endsAfter(trace) {
      const read = readingsOf({
        losses: trace.losses.slice(-steps),
        evaluate: async (set) => {
          const examples = judged[set];
          return examples && evaluate(model, examples, criterion);
        },
      });
      const factor = await lowering?.endsEpoch(read);
      if (typeof factor === "number") {
        trace.rateCuts ??= [];
        trace.rateCuts.push({ step: trace.losses.length, factor });
      }
      return (await stopper?.endsAfter(read)) ?? false;
    },
    finish: () => stopper?.finish(),
  };
}
