import { isObject } from "../../../foundation/savedModel/keras3.ts";
import type { RepeatedRows } from "../../config/schema.ts";
import type { FrozenBehind, Generation, KerasProgram } from "./capturedProgram.ts";
import { columnsBehind } from "./columnsBehind.ts";
import { type Finding, Findings } from "./findings.ts";
import { freeBatch } from "./freeBatch.ts";
import type { Graph } from "./graph/graph.ts";
import { lastProbabilities } from "./graph/lastProbabilities.ts";
import { readGraph } from "./graph/readGraph.ts";
import { fromKeras1 } from "./keras1.ts";
import { metricNames } from "./recipe/metricNames.ts";
import { repeatedRowsOf } from "./recipe/repeatedRows.ts";
import { type TranslatedCallbacks, translateCallbacks } from "./recipe/translateCallbacks.ts";
import { type TranslatedLoss, translateLoss } from "./recipe/translateLoss.ts";
import {
  accumulatedBatches,
  type TranslatedOptimizer,
  translateOptimizer,
  type Version,
} from "./recipe/translateOptimizer.ts";
import { refuseStatesAlone } from "./statesAlone.ts";
import type { TranslatedLayer } from "./table/entry.ts";
import { translateGraph } from "./translateGraph.ts";
import { type LayerWeights, tablesOf, translateWeights } from "./translateWeights.ts";
import "../layers/register.ts";

/** A Keras program in the form in which learnproof trains it. */
export interface TranslatedProgram {
  /** The model's name in Keras. */
  readonly name: string;
  /** The layers, as `tf.models.modelFromJSON` loads them. */
  readonly topology: TranslatedLayer;
  /** The captured weights; empty where none were captured. */
  readonly weights: readonly LayerWeights[];
  /** One loss for each output, in the order of the model's outputs. */
  readonly losses: readonly TranslatedLoss[];
  /** The factor of each output's loss; null where each is 1. */
  readonly lossWeights: readonly number[] | null;
  readonly optimizer: TranslatedOptimizer;
  /** How rows that a step looks up several times are updated; null where by the sum of their gradients. */
  readonly repeatedRows: RepeatedRows | null;
  /** The names of the metrics that were given to `compile`. */
  readonly metrics: readonly string[];
  readonly training: TranslatedFit;
  /** Differences that a person should know of. None of them changes what is computed without saying so. */
  readonly notes: readonly Finding[];
}

/** The arguments of `fit`, with Keras's defaults. */
export interface TranslatedFit {
  readonly batchSize: number;
  readonly epochs: number;
  /** Null where an epoch is one pass over the examples. */
  readonly stepsPerEpoch: number | null;
  /** Share of the examples, the last ones, that are held out. */
  readonly validationSplit: number;
  /** Whether every epoch has a random order of its own, or, `once`, that of the first. */
  readonly shuffle: boolean | "once";
  /** How much the examples of each class count, by class number; null where all count alike. */
  readonly classWeight: Readonly<Record<number, number>> | null;
  /** What its callbacks do. */
  readonly callbacks: TranslatedCallbacks;
  /** Updates of an epoch of the program; null where the examples and the batches say it. */
  readonly epochSteps: number | null;
  /** Why no step moves a weight: its own `train_step` does nothing once it is traced, or its loop applies no gradients. Else null. */
  readonly idle: "in the graph" | "never applied" | null;
  /** Layers that the program freezes behind this training, and trains on without compiling anew. */
  readonly frozenBehind: FrozenBehind | null;
}

/**
 * Translates a captured Keras program.
 *
 * @throws {TranslationError} which lists every layer, argument, loss and optimizer setting that has no counterpart.
 */
export function translateProgram(program: KerasProgram): TranslatedProgram {
  const findings = new Findings();
  const generation = generationOf(program);
  const graph = readGraph(generation === 1 ? fromKeras1(program.model) : freeBatch(program.model), findings);
  const captured = program.weights ?? {};
  const hasWeights = Object.keys(captured).length > 0;
  const topology =
    graph &&
    translateGraph(graph, {
      generation,
      findings,
      hasWeights,
      isFrozen: program.fit?.training === false,
      hasMasks: MAKES_MASKS.test(JSON.stringify(program.model)),
      weightsOf: (layer) => tablesOf(captured, layer),
    });
  const losses = lossesOf(program, graph, findings);
  const isLoop = LOOPS.includes(program.fit?.call ?? "");
  const optimizer = translateOptimizer(program.compile?.optimizer, versionOf(program), findings, isLoop);
  const training = fitOf(program, findings);
  noteAccumulation(program, topology, findings);
  refuseStatesAlone(program.model, findings);
  findings.throwIfRefused();
  if (graph === null || topology === null || optimizer === null)
    throw new Error("translateProgram: a part is missing, and no finding says so");
  return {
    name: graph.name,
    topology: columnsBehind(topology, program.model.outputs),
    weights: translateWeights(graph, captured),
    losses,
    lossWeights: lossWeightsOf(program, graph),
    optimizer,
    repeatedRows: repeatedRowsOf(
      {
        backend: program.framework?.backend,
        version: versionOf(program),
        topology,
        together: accumulatedBatches(program.compile?.optimizer),
      },
      optimizer,
    ),
    metrics: metricNames(program.compile?.metrics),
    training,
    notes: findings.notes,
  };
}

const MAKES_MASKS = /"mask_zero":true|"class_name":"Masking"/;

/** The calls of a program that trains in a loop of its own. */
const LOOPS: readonly string[] = ["train_on_batch", "GradientTape"];

/** Returns the version of Keras; where it is not known, the newest of the generation that the config shows. */
function versionOf(program: KerasProgram): Version {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(program.framework?.version ?? "") ?? [];
  return major ? [Number(major), Number(minor)] : [generationOf(program), 99];
}

/** Tells which generation of Keras wrote a config: its version, or else the form of the config. */
function generationOf({ framework, model }: KerasProgram): Generation {
  const major = Number.parseInt(framework?.version ?? "", 10);
  if (major === 1 || major === 2 || major === 3) return major;
  const text = JSON.stringify(model);
  if (/"(?:module|registered_name|batch_shape)":/.test(text)) return 3;
  return /"(?:init|nb_filter|W_regularizer|border_mode)":/.test(text) ? 1 : 2;
}

function lossesOf(
  { compile, framework }: KerasProgram,
  graph: Graph | null,
  findings: Findings,
): TranslatedLoss[] {
  const names = graph?.outputs.map(({ layer }) => layer) ?? [];
  const isTensorFlow = framework?.backend === "tensorflow";
  return perOutput(compile?.loss, names).flatMap(({ output, loss }, place) => {
    const behind = isTensorFlow && graph !== null ? lastProbabilities(graph, names[place]) : null;
    return translateLoss(loss, output, findings, behind) ?? [];
  });
}

/** Gives each output its loss: Keras takes one for all, a list, or an object by the output's name. */
function perOutput(
  loss: unknown,
  names: readonly string[],
): { readonly output: string; readonly loss: unknown }[] {
  const isByName = isObject(loss) && loss.class_name === undefined;
  if (Array.isArray(loss))
    return loss.map((one, place) => ({ output: `loss ${names[place] ?? place}`, loss: one }));
  if (isByName && names.length > 1)
    return names.map((name) => ({ output: `loss ${name}`, loss: loss[name] }));
  const single = isByName ? Object.values(loss)[0] : loss;
  const outputs = Math.max(1, names.length);
  return Array.from({ length: outputs }, (_, place) => ({
    output: outputs > 1 ? `loss ${names[place]}` : "loss",
    loss: single,
  }));
}

/** Keras takes a list in the order of the outputs, or an object by their names. */
function lossWeightsOf({ compile }: KerasProgram, graph: Graph): readonly number[] | null {
  const written = compile?.loss_weights;
  if (Array.isArray(written)) return written as number[];
  if (!isObject(written)) return null;
  const single = Object.values(written) as number[];
  return graph.outputs.length === 0 ? single : graph.outputs.map(({ layer }) => Number(written[layer] ?? 1));
}

function fitOf({ fit, compile }: KerasProgram, findings: Findings): TranslatedFit {
  const together = accumulatedBatches(compile?.optimizer);
  if (fit?.movesTargets === true)
    findings.refuse(
      "fit",
      "targets",
      "are made of the network's own answers, as in Q-learning: they move with what it learns, and no law here judges that; check the network on a fixed table of inputs and targets",
    );
  const steps = fit?.steps_per_epoch ?? null;
  const watchable = { metrics: metricNames(compile?.metrics), loss: compile?.loss };
  return {
    callbacks: translateCallbacks(fit?.callbacks ?? [], watchable, findings),
    epochSteps: null,
    idle: fit?.neverApplied ? "never applied" : fit?.idleInGraph ? "in the graph" : null,
    frozenBehind: fit?.frozenBehind ?? null,
    batchSize: (fit?.batch_size ?? 32) * together,
    epochs: fit?.epochs ?? 1,
    stepsPerEpoch: steps === null ? null : Math.ceil(steps / together),
    validationSplit: fit?.validation_split ?? 0,
    shuffle: fit?.shuffle !== false && fit?.repeatsOrder === true ? "once" : fit?.shuffle !== false,
    classWeight: classWeightOf(fit?.class_weight, findings),
  };
}

/** The gradients of several batches, added up before they are applied, are those of one larger batch where no layer sees it. */
function noteAccumulation({ compile }: KerasProgram, topology: unknown, findings: Findings): void {
  const together = accumulatedBatches(compile?.optimizer);
  if (together === 1) return;
  const name = "optimizer gradient_accumulation_steps";
  if (/"class_name":"(?:Keras|Steady)?BatchNormalization"/.test(JSON.stringify(topology)))
    findings.refuse(
      "compile",
      name,
      `is ${together}, and batch normalisation sees each batch by itself; take a larger batch_size`,
    );
  else
    findings.note(
      "compile",
      name,
      `gradient_accumulation_steps=${together}: the ${together} batches of an update are taken as one`,
    );
}

function classWeightOf(written: unknown, findings: Findings): TranslatedFit["classWeight"] {
  if (written === null || written === undefined) return null;
  const entries = isObject(written) ? Object.entries(written) : [];
  const areWeights = entries.every(([label, weight]) => /^\d+$/.test(label) && typeof weight === "number");
  if (entries.length > 0 && areWeights)
    return Object.fromEntries(entries.map(([label, weight]) => [Number(label), weight as number]));
  findings.refuse("fit", "class_weight", "must give a number for each class number; write {0: 1.0, 1: 5.0}");
  return null;
}
