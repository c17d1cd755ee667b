// Threads that train for a check: attempts at rungs, and changes that may cure. They start when a check has taken so long
// that they gain more than their start costs. Where a training is done does not change what comes out of it.

import { startClock } from "../../foundation/clock.ts";
import type { Config } from "../../learning/config/schema.ts";
import type { EngineName } from "../../learning/engine/engineName.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import type { Watch } from "../../learning/training/progress.ts";
import { type Ahead, openAhead, type Piece } from "../../learning/workers/ahead.ts";
import { canBeMadeAnew, MOST_NUMBERS } from "../../learning/workers/madeAnew.ts";
import { WorkerEnded } from "../../learning/workers/workerEnded.ts";
import { openWorkers } from "../../learning/workers/workers.ts";
import type { ChangeThreads } from "../diagnosis/cure/changeThreads.ts";
import type { RungThreads } from "../law/checkLaws.ts";
import { ATTEMPTS } from "../law/measureRung.ts";
import type { CheckAnswer, CheckRequest } from "./checkRequest.ts";

/** The threads of one check. */
export interface CheckThreads {
  readonly rungs: RungThreads;
  readonly changes: ChangeThreads;
  /** Ends the threads, also in the midst of their work. */
  close(): Promise<void>;
}

/** What threads need to know of a check. */
export interface ThreadsAsked {
  readonly config: Config | null;
  readonly subject: Subject;
  readonly engine: EngineName;
  /** How many trainings run at the same time. */
  readonly workers: number;
  /** Seconds after which threads start. @defaultValue 3 */
  readonly worthAfter?: number | undefined;
}

/** Threads take a second to start and to warm up; a check that fails and has taken so long will take longer than that. */
const WORTH_AFTER = 3;

/** Prepares the threads of a check; null where everything is trained on the calling thread. */
export function openCheckThreads({
  config,
  subject,
  engine,
  workers,
  worthAfter = WORTH_AFTER,
}: ThreadsAsked): CheckThreads | null {
  if (workers === 1 || config === null || !canBeMadeAnew(config)) return null;
  if (subject.train.inputs.length > MOST_NUMBERS) return null;
  const seconds = startClock();
  const isWorthIt = () => seconds() >= worthAfter;
  const ahead = openAhead<CheckRequest, CheckAnswer>(
    () => openWorkers(new URL("./checkWorker", import.meta.url), workers),
    workers,
  );
  return {
    rungs: rungsOn(pieces(ahead), { config, engine, isWorthIt }),
    changes: changesOn(pieces(ahead), { engine, isWorthIt }),
    close: ahead.close,
  };
}

interface How {
  readonly engine: EngineName;
  readonly isWorthIt: () => boolean;
}

function rungsOn(
  work: Pieces,
  { config, engine, isWorthIt }: How & { readonly config: Config },
): RungThreads {
  const keyOf = (law: string, number: number) => `${law} ${number}`;
  return {
    foresee(laws, _run, verdict) {
      // A network that learns climbs its rungs in few steps.
      if (verdict === "learns" || !isWorthIt()) return;
      const rungs = laws.filter(({ rung }) => rung !== undefined);
      for (let attempt = 0; attempt < ATTEMPTS; attempt++)
        for (const { name: law } of rungs)
          work.begin(keyOf(law, attempt), { kind: "rung", config, law, attempt, engine });
    },
    attempt: async (law, number, watch) =>
      (await work.take(keyOf(law, number), { task: law, ...watch })) as Awaited<
        ReturnType<RungThreads["attempt"]>
      >,
    measured(law) {
      for (let number = 0; number < ATTEMPTS; number++) work.drop(keyOf(law, number));
    },
  };
}

function changesOn(work: Pieces, { engine, isWorthIt }: How): ChangeThreads {
  return {
    foresee(configs, seconds) {
      if (!isWorthIt()) return;
      work.keep(configs.map((config) => JSON.stringify(config)));
      for (const [rank, config] of configs.entries())
        work.begin(JSON.stringify(config), { kind: "change", config, seconds, engine }, rank);
    },
    train: async (config, watch) =>
      (await work.take(JSON.stringify(config), watch)) as Awaited<ReturnType<ChangeThreads["train"]>>,
  };
}

/** Work that was begun, each piece under its key. */
interface Pieces {
  begin(key: string, request: CheckRequest, rank?: number): void;
  /** Waits for a piece; null if it was never begun, or if the calling thread has to do it again. */
  take(key: string, watch: Watch & { readonly task: string }): Promise<CheckAnswer | null>;
  drop(key: string): void;
  /** Ends all pieces but these. */
  keep(keys: readonly string[]): void;
}

function pieces(ahead: Ahead<CheckRequest, CheckAnswer>): Pieces {
  const begun = new Map<string, Piece<CheckAnswer>>();
  const drop = (key: string) => {
    begun.get(key)?.drop();
    begun.delete(key);
  };
  return {
    begin(key, request, rank = begun.size) {
      const piece = begun.get(key);
      if (piece) piece.rank(rank);
      else begun.set(key, ahead.begin(request, rank));
    },
    async take(key, watch) {
      const piece = begun.get(key);
      if (!piece) return null;
      begun.delete(key);
      try {
        return await piece.output(watch);
      } catch (error) {
        watch.signal?.throwIfAborted();
        if (error instanceof WorkerEnded && error.lacksMemory) throw error;
        // The calling thread meets the same fault, and can tell where it lies.
        return null;
      }
    },
    drop,
    keep(keys) {
      const kept = new Set(keys);
      for (const key of [...begun.keys()]) if (!kept.has(key)) drop(key);
    },
  };
}
