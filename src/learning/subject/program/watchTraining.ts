// Stands in for the methods by which a program trains a model of TensorFlow.js: it writes down what each call was given,
// and trains nothing.

import { LayersModel, Sequential } from "@tensorflow/tfjs-layers";
import { emptyHistory } from "./emptyHistory.ts";
import { watchGivenWeights } from "./givenWeights.ts";
import { type ReadCall, readFit, readFitDataset, readTrainOnBatch } from "./readFit.ts";
import { replaceMethod } from "./replaceMethod.ts";
import type { TrainingCall } from "./trainingCall.ts";

/** What is seen of a program while it runs. */
export interface Watched {
  /** The calls that were written down, in their order. */
  readonly calls: readonly TrainingCall[];
  /** Whether a training before the one that is asked for is under way. */
  isTraining(): boolean;
  /** Gives TensorFlow.js its own methods back; a call that is under way waits for ever. */
  stop(): void;
}

/** How a program is watched. */
export interface Watching {
  /** The number of the training that is asked for, from 1: those before it train as they would. */
  readonly asked: number;
  /** Is called behind each call that was written down. */
  onCall(): void;
  /** Is called where the arguments of a call cannot be read. */
  onFault(fault: unknown): void;
}

/** Watches the training calls of a program. */
export function watchTraining({ asked, onCall, onFault }: Watching): Watched {
  const calls: TrainingCall[] = [];
  const given = watchGivenWeights();
  const model = watchModels();
  const restore: (() => void)[] = [];
  let isOver = false;
  let underWay = 0;

  const write = async (of: LayersModel, read: () => Promise<ReadCall>): Promise<void> => {
    const before = { model: of, ...model.takeFacts(of), givenWeights: given.of(of) };
    try {
      const call = { ...(await read()), ...before };
      if (isOver) return await forEver();
      calls.push(call);
    } catch (fault) {
      onFault(fault);
      return await forEver();
    }
    onCall();
    // Timers of the program, and the bound on its time, must come to their turn.
    await new Promise((done) => setImmediate(done));
    if (isOver) await forEver();
  };
  const methods: Record<string, (of: LayersModel, args: readonly unknown[]) => Promise<unknown>> = {
    async fit(of, [x, y, args]) {
      await write(of, () => readFit(x, y, args));
      return emptyHistory(of, args);
    },
    async fitDataset(of, [dataset, args]) {
      await write(of, () => readFitDataset(dataset, args));
      return emptyHistory(of, args);
    },
    async trainOnBatch(of, [x, y]) {
      await write(of, () => readTrainOnBatch(x, y));
      const names = of.metricsNames ?? [];
      return names.length > 1 ? names.map(() => Number.NaN) : Number.NaN;
    },
  };
  for (const { prototype } of KINDS)
    for (const [name, answer] of Object.entries(methods))
      restore.push(
        replaceMethod(prototype, name, (original, of: LayersModel, args) => {
          if (model.isWithin()) return original();
          if (model.numberOf(of) >= asked) return answer(of, args);
          given.addAll(of);
          underWay++;
          return Promise.resolve(model.within(original)).finally(() => {
            underWay--;
          });
        }),
      );
  return {
    calls,
    isTraining: () => underWay > 0,
    stop() {
      isOver = true;
      for (const one of [...restore, model.stop, given.stop]) one();
    },
  };
}

/** A sequential model holds a model, and hands on to it what it is told. */
const KINDS = [LayersModel, Sequential] as const;

function forEver(): Promise<never> {
  return new Promise(() => undefined);
}

interface WatchedModels {
  /** The number of the training that a call belongs to: each model has one, and another one from each time it is compiled. */
  numberOf(model: LayersModel): number;
  /** What happened to a model since its last call. */
  takeFacts(model: LayersModel): Pick<TrainingCall, "compiled" | "isAskedBefore">;
  /** Does the work of a method of TensorFlow.js, whose own calls are not the program's. */
  within(work: () => unknown): unknown;
  isWithin(): boolean;
  stop(): void;
}

function watchModels(): WatchedModels {
  const compilations = new WeakMap<LayersModel, number>();
  const asked = new WeakSet<LayersModel>();
  const begun: (readonly [LayersModel, number])[] = [];
  let depth = 0;
  const within = (work: () => unknown) => {
    depth++;
    try {
      return work();
    } finally {
      depth--;
    }
  };
  const compiledOf = (model: LayersModel) => compilations.get(model) ?? 0;
  const restore = KINDS.flatMap(({ prototype }) => [
    replaceMethod(prototype, "compile", (original, model: LayersModel) => {
      if (depth === 0) compilations.set(model, compiledOf(model) + 1);
      return within(original);
    }),
    replaceMethod(prototype, "predict", (original, model: LayersModel) => {
      if (depth === 0) asked.add(model);
      return within(original);
    }),
  ]);
  return {
    numberOf(model) {
      const compiled = compiledOf(model);
      const known = begun.findIndex(([one, times]) => one === model && times === compiled);
      return known >= 0 ? known + 1 : begun.push([model, compiled]);
    },
    takeFacts(model) {
      const isAskedBefore = asked.delete(model);
      return { compiled: compiledOf(model), isAskedBefore };
    },
    within,
    isWithin: () => depth > 0,
    stop() {
      for (const one of restore) one();
    },
  };
}
