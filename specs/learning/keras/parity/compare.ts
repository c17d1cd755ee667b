// Computes with learnproof what real Keras computed for a case, and finds the largest difference.

import { dispose, type Tensor, tensor, tidy, type Variable } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { parseConfig } from "../../../../src/learning/config/parseConfig.ts";
import type { OwnConfig } from "../../../../src/learning/config/schema.ts";
import { buildTranslated } from "../../../../src/learning/keras/translate/buildTranslated.ts";
import type { KerasProgram, WeightTable } from "../../../../src/learning/keras/translate/capturedProgram.ts";
import {
  type TranslatedProgram,
  translateProgram,
} from "../../../../src/learning/keras/translate/translateProgram.ts";
import { createCriterion } from "../../../../src/learning/loss/criterion.ts";
import { createOptimizer } from "../../../../src/learning/optimizer/optimizer.ts";
import { noteVariables } from "../../../../src/learning/subject/disposeModel.ts";
import { placedLayers } from "../../../../src/learning/subject/layerTree.ts";
import { numberedClasses } from "../../../../src/learning/subject/own/classNumbers.ts";
import { planConstraints } from "../../../../src/learning/training/constraints.ts";
import { planForward } from "../../../../src/learning/training/forward.ts";
import {
  disposeGradients,
  planGradients,
  planPass,
  readPass,
  trainableVariables,
} from "../../../../src/learning/training/gradients.ts";

interface Written {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

type Tables = Readonly<Record<string, Written>>;

/** One case as `reference.py` writes it. */
export interface Reference {
  readonly name: string;
  readonly kind: "layer" | "loss" | "optimizer";
  readonly model: KerasProgram["model"];
  readonly weights: Tables;
  readonly x: readonly Written[];
  readonly y: readonly Written[];
  /** Whether the pass was one of training. */
  readonly training?: boolean;
  readonly loss?: number;
  readonly predictions?: Written;
  readonly gradients?: Tables;
  /** The weights that a pass of training moved, such as moving averages. */
  readonly moved?: Tables;
  readonly loss_config?: unknown;
  /** `[examples, steps]`: 1 for the steps that a mask shows to the loss. */
  readonly shown?: Written;
  /** `[examples, steps]`: how much each counts. */
  readonly step_weights?: Written;
  readonly optimizer?: NonNullable<KerasProgram["compile"]>["optimizer"];
  readonly steps?: number;
  readonly after?: Tables;
}

/** Cases, with the version of Keras that computed them. */
export interface References {
  readonly keras: string;
  readonly cases: readonly Reference[];
}

/** Translates the program of a case. */
export function programOf(reference: Reference, version = "3"): TranslatedProgram {
  return translateProgram({
    framework: { version, backend: "tensorflow" },
    model: reference.model,
    weights: Object.fromEntries(
      Object.entries(reference.weights).map(([name, table]) => [name, typed(table)]),
    ),
    compile: { loss: reference.loss_config ?? "mse", optimizer: reference.optimizer ?? "sgd" },
  });
}

function typed({ shape, values }: Written): WeightTable {
  return { shape, values: Float32Array.from(values) };
}

/** How far a case is from Keras: differences relative to the largest number of each kind. */
export interface Difference {
  readonly loss: number;
  readonly predictions: number;
  readonly gradients: number;
  /** Of weights that a training pass or an optimizer moved. */
  readonly weights: number;
}

/** Computes a case and compares it with what Keras computed. */
export async function differenceOf(
  reference: Reference,
  program = programOf(reference),
): Promise<Difference> {
  const disposeModel = noteVariables();
  const model = await buildTranslated(program);
  try {
    if (reference.training === false) return await ofEvaluation(reference, program, model);
    return reference.kind === "optimizer"
      ? await afterSteps(reference, program, model)
      : await ofPass(reference, program, model);
  } finally {
    disposeModel(model);
  }
}

/** In evaluation Keras and learnproof have only their predictions to compare. */
async function ofEvaluation(
  reference: Reference,
  program: TranslatedProgram,
  model: LayersModel,
): Promise<Difference> {
  const { inputs, count, inputShape } = batchOf(reference, program);
  const input = tensor(inputs, [count, ...inputShape]);
  const [answer] = tidy(() => [...planForward(model)([input], false)]);
  const predictions = await (answer as Tensor).data();
  dispose([input, answer as Tensor]);
  return {
    loss: 0,
    predictions: largest(outputOf(reference), { out: predictions }),
    gradients: 0,
    weights: 0,
  };
}

async function ofPass(
  reference: Reference,
  program: TranslatedProgram,
  model: LayersModel,
): Promise<Difference> {
  const variables = trainableVariables(model);
  const names = namesOf(model);
  const pass = await planGradients(model, variables, lossOf(program))(batchOf(reference, program));
  const gradients = await tablesOf(variables, pass.gradients, names);
  dispose(pass.gradients.filter((gradient): gradient is Tensor => gradient !== null));
  const moved = await weightsOf(model);
  return {
    loss: Math.abs(pass.loss - (reference.loss as number)) / Math.max(1, Math.abs(reference.loss as number)),
    predictions: largest(outputOf(reference), { out: pass.predictions }),
    gradients: largest(valuesOf(reference.gradients ?? {}), gradients),
    weights: largest(valuesOf(reference.moved ?? {}), moved),
  };
}

async function afterSteps(
  reference: Reference,
  program: TranslatedProgram,
  model: LayersModel,
): Promise<Difference> {
  const variables = trainableVariables(model);
  const passOf = planPass(model, variables, lossOf(program), program.repeatedRows !== null);
  const constrain = planConstraints(model);
  const optimizer = createOptimizer(trainingOf(program).optimizer);
  for (let step = 0; step < (reference.steps as number); step++) {
    const pass = passOf(batchOf(reference, program));
    const rows = program.repeatedRows &&
      pass.lookups && { lookups: pass.lookups, squares: program.repeatedRows };
    optimizer.update(variables, pass.gradients, rows ?? undefined);
    constrain?.();
    await readPass(pass);
    disposeGradients(pass);
  }
  optimizer.finish?.(variables);
  optimizer.dispose();
  const before = valuesOf(reference.weights);
  const steps = (after: Readonly<Record<string, ArrayLike<number>>>) =>
    Object.fromEntries(
      Object.entries(after).map(([name, values]) => [
        name,
        Array.from(values, (value, place) => value - (before[name]?.[place] as number)),
      ]),
    );
  const weights = largest(steps(valuesOf(reference.after ?? {})), steps(await weightsOf(model)));
  return { loss: 0, predictions: 0, gradients: 0, weights };
}

/** The predictions of Keras where a case has them. */
function outputOf({ predictions }: Reference): Record<string, ArrayLike<number>> {
  return predictions ? { out: predictions.values } : {};
}

function trainingOf({ losses, optimizer }: TranslatedProgram): OwnConfig["training"] {
  const config = parseConfig({
    subject: "dense",
    training: { loss: losses[0]?.config, optimizer },
  } as never);
  return config.training as OwnConfig["training"];
}

function lossOf(program: TranslatedProgram) {
  return createCriterion(trainingOf(program).loss);
}

function batchOf({ x, y, predictions, shown, step_weights }: Reference, { losses }: TranslatedProgram) {
  const [inputs, targets] = [x[0] as Written, y[0] as Written];
  const [count, ...inputShape] = inputs.shape as [number, ...number[]];
  const table = { shape: targets.shape, values: Float32Array.from(targets.values) };
  const classes = predictions?.shape.at(-1) ?? 1;
  const made = losses[0]?.isSparse ? numberedClasses(table, classes, "y") : table;
  return {
    count,
    inputShape,
    inputs: Float32Array.from(inputs.values),
    outputs: made.values.length / count,
    targets: made.values,
    ...((shown || step_weights) && {
      targetParts: [{ name: "head", shape: made.shape.slice(1), classification: false }],
    }),
    ...(shown && { shownSteps: Float32Array.from(shown.values) }),
    ...(step_weights && { stepWeights: Float32Array.from(step_weights.values) }),
  };
}

/** Returns the name of each variable as the cases have it: the path of the layer and the place among its weights. */
function namesOf(model: LayersModel): ReadonlyMap<Variable, string> {
  return new Map(
    placedLayers(model).flatMap(({ layer, path }) =>
      layer.weights.map((weight, place) => [weight.read() as Variable, `${path}/${place}`] as const),
    ),
  );
}

async function tablesOf(
  variables: readonly Variable[],
  tensors: readonly (Tensor | null)[],
  names: ReadonlyMap<Variable, string>,
): Promise<Record<string, ArrayLike<number>>> {
  const entries = variables.map(async (variable, place) => {
    const values = await tensors[place]?.data();
    return [names.get(variable) as string, values ?? new Float32Array(variable.size)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function weightsOf(model: LayersModel): Promise<Record<string, ArrayLike<number>>> {
  const entries = [...namesOf(model)].map(async ([variable, name]) => [name, await variable.data()] as const);
  return Object.fromEntries(await Promise.all(entries));
}

function valuesOf(tables: Tables): Record<string, ArrayLike<number>> {
  return Object.fromEntries(Object.entries(tables).map(([name, { values }]) => [name, values]));
}

/** Returns the largest difference over the largest number that Keras has; infinite where a table is missing. */
function largest(
  keras: Readonly<Record<string, ArrayLike<number>>>,
  ours: Readonly<Record<string, ArrayLike<number>>>,
): number {
  let difference = 0;
  let scale = 0;
  for (const [name, values] of Object.entries(keras)) {
    const own = ours[name];
    if (own?.length !== values.length) return Number.POSITIVE_INFINITY;
    for (let place = 0; place < values.length; place++) {
      scale = Math.max(scale, Math.abs(values[place] as number));
      const off = Math.abs((values[place] as number) - (own[place] as number));
      difference = Number.isNaN(off) ? Number.POSITIVE_INFINITY : Math.max(difference, off);
    }
  }
  return difference === 0 ? 0 : difference / scale;
}
