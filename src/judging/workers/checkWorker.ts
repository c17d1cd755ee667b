// The program of a thread that trains for a check.

import type { Config } from "../../learning/config/schema.ts";
import { startEngine } from "../../learning/engine/startEngine.ts";
import { createSubject } from "../../learning/subject/createSubject.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import type { Watch } from "../../learning/training/progress.ts";
import { type TrainingRun, train } from "../../learning/training/train.ts";
import type { WithLine } from "../../learning/workers/ahead.ts";
import { answering } from "../../learning/workers/answer.ts";
import { prepareAnew } from "../../learning/workers/madeAnew.ts";
import { tellThrough } from "../../learning/workers/progressLine.ts";
import { trainChanged } from "../diagnosis/cure/changedRun.ts";
import { laws } from "../law/laws.ts";
import { rungOf } from "../law/measureRung.ts";
import { attemptRung } from "../rung/rung.ts";
import type { CheckAnswer, CheckRequest, RungRequest } from "./checkRequest.ts";

export default answering(async ({ line, ...request }: WithLine<CheckRequest>): Promise<CheckAnswer> => {
  // The threads of a kernel would compete with the other workers.
  const { bitExact } = await startEngine({ name: request.engine, threads: 1, environment: {} });
  await prepareAnew(request.config);
  const watch = tellThrough(line);
  if (request.kind === "change")
    return trainChanged(request.config, { bitExact, seconds: request.seconds, ...watch });
  return trainRung(request, watch);
});

async function trainRung({ config, law, attempt }: RungRequest, watch: Watch): Promise<TrainingRun> {
  const subject = await subjectOf(config);
  const asked = laws.find(({ name }) => name === law)?.rung?.(subject);
  if (!asked) throw new RangeError(`${law} has no rung on this subject`);
  const tried = await attemptRung(subject, rungOf(asked), attempt, (few, until) =>
    train(few, { probes: false, until, ...watch }),
  );
  return tried.run;
}

let last: { readonly key: string; readonly subject: Subject } | undefined;

/** All attempts at rungs are made on the same subject: its examples are drawn or read once. */
async function subjectOf(config: Config): Promise<Subject> {
  const key = JSON.stringify(config);
  if (last?.key !== key) last = { key, subject: await createSubject(config) };
  return last.subject;
}
