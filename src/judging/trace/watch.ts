// Looks on while TensorFlow.js trains a model by `fit`, and writes what it sees at a few steps as a trace.

import { appendFileSync, writeFileSync } from "node:fs";
import type { NamedTensorMap, Tensor } from "@tensorflow/tfjs-core";
import { Callback, type LayersModel } from "@tensorflow/tfjs-layers";
import { parseConfig } from "../../learning/config/parseConfig.ts";
import { type BatchNumbers, batchNumbers, deadFractionOf, norm } from "./batchNumbers.ts";
import { judgeTrace } from "./judgeTrace.ts";
import type { TraceLine } from "./traceLine.ts";

/** How a training is watched. */
export interface WatchOptions {
  /** The file to write; null writes none. @defaultValue `trace.jsonl` */
  readonly file?: string | null;
  /** Told the verdict so far at each measured step. @defaultValue nothing is told */
  readonly onVerdict?: (verdict: ReturnType<typeof judgeTrace>) => void;
}

/**
 * A callback for `fit` of TensorFlow.js that writes a trace, which `learnproof judge` reads. It changes nothing of the
 * training: it measures at steps 0, 1, 2, 3, 4, 6, 8, 12, 16, …, two in each doubling, and at the last step of all epochs.
 *
 * @example
 * await model.fit(x, y, { epochs: 10, callbacks: watch() });
 */
export function watch(options: WatchOptions = {}): Callback {
  return new Watching(options);
}

class Watching extends Callback {
  readonly #file: string | null;
  readonly #onVerdict: WatchOptions["onVerdict"];
  readonly #lines: TraceLine[] = [];
  #step = 0;
  #last = Number.NaN;
  #restore: (() => void)[] = [];
  #outputs: BatchNumbers[] = [];
  #gradients = new Map<string, number>();
  #dead = new Map<string, number>();
  #before: Map<string, Float32Array> | null = null;

  constructor({ file = "trace.jsonl", onVerdict }: WatchOptions) {
    super();
    this.#file = file;
    this.#onVerdict = onVerdict;
  }

  override async onTrainBegin(): Promise<void> {
    if (this.#file !== null) writeFileSync(this.#file, "");
    const model = this.model as LayersModel;
    this.#last = lastStepOf(this.params);
    this.#watchLosses(model);
    this.#watchGradients(model);
    this.#watchActivations(model);
  }

  override async onBatchBegin(): Promise<void> {
    this.#outputs = [];
    this.#gradients.clear();
    this.#dead.clear();
    this.#before = this.#isMeasured() ? weightsOf(this.model as LayersModel) : null;
  }

  override async onBatchEnd(_batch: number, logs?: Record<string, number | Tensor>): Promise<void> {
    if (this.#isMeasured()) this.#write(await lossOf(logs?.loss));
    this.#step++;
  }

  override async onTrainEnd(): Promise<void> {
    for (const restore of this.#restore.splice(0)) restore();
  }

  #isMeasured(): boolean {
    return isMeasuredStep(this.#step) || this.#step === this.#last;
  }

  /** The loss is given the predictions and the targets of each batch. */
  #watchLosses(model: LayersModel): void {
    const { lossFunctions } = model;
    for (const [at, compute] of lossFunctions.entries()) {
      lossFunctions[at] = (targets, predictions) => {
        if (this.#isMeasured()) this.#outputs.push(batchNumbers(targets, predictions));
        return compute(targets, predictions);
      };
      this.#restore.push(() => {
        lossFunctions[at] = compute;
      });
    }
  }

  #watchGradients({ optimizer }: LayersModel): void {
    const original = optimizer.applyGradients;
    optimizer.applyGradients = (gradients) => {
      if (this.#isMeasured()) this.#keepGradients(gradients as NamedTensorMap);
      return original.call(optimizer, gradients);
    };
    this.#restore.push(() => {
      optimizer.applyGradients = original;
    });
  }

  #keepGradients(gradients: NamedTensorMap): void {
    const named: [string, Tensor][] = Array.isArray(gradients)
      ? (gradients as { name: string; tensor: Tensor }[]).map(({ name, tensor }) => [name, tensor])
      : Object.entries(gradients);
    for (const [name, gradient] of named) if (gradient) this.#gradients.set(name, norm(gradient.dataSync()));
  }

  #watchActivations({ layers }: LayersModel): void {
    for (const layer of layers) {
      const { activation } = layer.getConfig() as { activation?: unknown };
      if (activation !== "relu" && layer.getClassName() !== "ReLU") continue;
      const original = layer.call;
      layer.call = (inputs, given) => {
        const outputs = original.call(layer, inputs, given);
        const [first] = Array.isArray(outputs) ? outputs : [outputs];
        if (this.#isMeasured() && first) this.#dead.set(layer.name, deadFractionOf(first));
        return outputs;
      };
      this.#restore.push(() => {
        layer.call = original;
      });
    }
  }

  #write(loss: number): void {
    const [output] = this.#outputs;
    const line: TraceLine = {
      step: this.#step,
      loss: finite(loss),
      ...(output && {
        predictionVariance: finite(output.predictionVariance),
        targetVariance: finite(output.targetVariance),
        meanSquaredError: finite(output.meanSquaredError),
      }),
      layers: this.#layers(),
    };
    this.#lines.push(line);
    if (this.#file !== null) appendFileSync(this.#file, `${JSON.stringify(line)}\n`);
    this.#onVerdict?.(judgeTrace(this.#lines, parseConfig({}).thresholds));
  }

  #layers(): NonNullable<TraceLine["layers"]> {
    const model = this.model as LayersModel;
    const after = weightsOf(model);
    return model.layers
      .filter(({ trainableWeights }) => trainableWeights.length > 0)
      .map(({ name, trainableWeights }) => {
        const names = trainableWeights.map(({ originalName, name: own }) => [originalName, own]);
        const gradients = names.flatMap(
          (pair) => this.#gradients.get(pair[0] ?? "") ?? this.#gradients.get(pair[1] ?? "") ?? [],
        );
        const dead = this.#dead.get(name);
        return {
          layer: name,
          ...(gradients.length > 0 && { gradientNorm: finite(Math.hypot(...gradients)) }),
          updateRatio: finite(updateRatio(this.#before?.get(name), after.get(name))),
          ...(dead !== undefined && { deadFraction: dead }),
        };
      });
  }
}

/**
 * Whether a step has at most two significant binary digits: 0, 1, 2, 3, 4, 6, 8, 12, 16, …. Measuring costs as much as
 * several steps, so that a schedule with a fixed interval would slow down every training, however long it is.
 */
function isMeasuredStep(step: number): boolean {
  return step < 2 || step % 2 ** (30 - Math.clz32(step)) === 0;
}

/** The last step that `fit` is going to make; NaN where it does not know how many examples there are. */
function lastStepOf(params: Readonly<Record<string, unknown>>): number {
  const { epochs, initialEpoch, steps, samples, batchSize } = params;
  const each = Number(steps) || Math.ceil(Number(samples) / Number(batchSize));
  return (Number(epochs) - Number(initialEpoch ?? 0)) * each - 1;
}

/** The trained weights of each layer, one after another. */
function weightsOf({ layers }: LayersModel): Map<string, Float32Array> {
  return new Map(
    layers.map(({ name, trainableWeights }) => {
      const parts = trainableWeights.map((weight) => weight.read().dataSync() as Float32Array);
      const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const part of parts) {
        all.set(part, at);
        at += part.length;
      }
      return [name, all];
    }),
  );
}

function updateRatio(before: Float32Array | undefined, after: Float32Array | undefined): number {
  if (!before || !after) return 0;
  const size = norm(before);
  const change = norm(after.map((value, at) => value - (before[at] as number)));
  return change === 0 ? 0 : change / size;
}

async function lossOf(loss: number | Tensor | undefined): Promise<number> {
  if (loss === undefined) return Number.NaN;
  return typeof loss === "number" ? loss : ((await loss.data())[0] ?? Number.NaN);
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
