import { getBackend } from "@tensorflow/tfjs-core";
import { InputError } from "../../foundation/input/inputError.ts";
import { seedStream } from "../../foundation/random/seedStream.ts";
import { definitionOf } from "../config/ownDefaults.ts";
import type { OwnConfig } from "../config/schema.ts";
import { watchBackend } from "../engine/keepBackend.ts";
import { noteVariables } from "./disposeModel.ts";
import { type ExampleSet, type Examples, firstExamples } from "./examples.ts";
import { prepareModel, refuseMisfit } from "./foreignModel.ts";
import { ask, askLater, type Callback } from "./own/blame.ts";
import { readLabels } from "./own/labels.ts";
import { andThen, isPromise, type Soon } from "./own/later.ts";
import { modelShapes } from "./own/modelShapes.ts";
import { ownLoss } from "./own/ownLoss.ts";
import { blameLayers, buildOwnModel } from "./own/ownModel.ts";
import { ownOptimizer } from "./own/ownOptimizer.ts";
import { type ExampleTables, nextTensor, readAnswer } from "./own/writtenExamples.ts";
import { drawingFrom } from "./seededRandomness.ts";
import { standardiseExamples } from "./standardise.ts";
import type { ExampleSets, Subject } from "./subject.ts";

/** Creates the subject that a project's own code defines: a promise of it if the examples come asynchronously. */
export function createOwnSubject(config: OwnConfig): Soon<Subject> {
  const backend = getBackend();
  const checkBackend = watchBackend();
  return andThen(drawExamples(config), (examples) =>
    getBackend() === backend
      ? describe(config, examples)
      : checkBackend("examples").then(() => describe(config, examples)),
  );
}

function describe(config: OwnConfig, examples: ExampleSets): Subject {
  const definition = definitionOf(config);
  const { name, training, seed } = config;
  const { loss, optimizer, keepWeights } = definition;
  const callback: Callback = { subject: name, name: "buildModel" };
  return {
    ...training,
    name,
    seed,
    ...examples,
    loss: loss ? ownLoss(name, loss) : training.loss,
    optimizer: optimizer ? () => ownOptimizer(name, optimizer) : training.optimizer,
    ...(typeof definition.examples === "function" && {
      redraw: async () => ({ first: examples, second: await drawExamples(config) }),
    }),
    async buildModel(seed) {
      const disposeModel = noteVariables();
      // If the function is synchronous, its random numbers come from the run's seed too.
      const build = () =>
        drawingFrom(
          () => seedStream(seed, "random/buildModel"),
          () => definition.buildModel({ model: config.model, seed }),
        );
      const built = await buildOwnModel(callback, build);
      try {
        refuseMisfit(built, examples.train);
        const model = await prepareModel(built, { rework: config.rework, seed, keepWeights });
        blameLayers(name, model);
        return model;
      } catch (error) {
        disposeModel(built);
        throw error;
      }
    },
  };
}

/** Draws both sets, and standardises them if the config asks for it. */
function drawExamples(config: OwnConfig): Soon<ExampleSets> {
  return andThen(readExamples(config, "train"), (train) =>
    andThen(config.data.heldOut > 0 ? readExamples(config, "heldOut") : null, (heldOut) => {
      const toScale = (of: Examples) => standardiseExamples(of, () => train, config.data);
      return { train: toScale(train), heldOut: heldOut && toScale(heldOut) };
    }),
  );
}

function readExamples(config: OwnConfig, set: ExampleSet): Soon<Examples> {
  const { data } = config;
  const { examples } = definitionOf(config);
  const count = set === "train" ? data.examples : data.heldOut;
  if (typeof examples !== "function") {
    const tables = examples[set] as ExampleTables;
    return andThen(asExamples(tables, config, `examples.${set}`), (all) => firstExamples(all, count));
  }
  const field = `examples (${set})`;
  return andThen(askForExamples(config, set, count), (tables) =>
    andThen(asExamples(tables, config, field), (drawn) => {
      if (drawn.count === count) return drawn;
      throw new InputError({
        code: "conflict",
        field,
        message: `must give as many examples as are asked for, ${count}; correct the subject's definition, or set data.${set === "train" ? "examples" : "heldOut"}`,
        got: drawn.count,
      });
    }),
  );
}

function askForExamples(config: OwnConfig, set: ExampleSet, count: number): Soon<ExampleTables> {
  const { name, seed, data } = config;
  const { examples } = definitionOf(config);
  const callback: Callback = { subject: name, name: "examples" };
  const reading = { count, field: `examples (${set})`, firstTensor: nextTensor() };
  const tables = ask(callback, () =>
    typeof examples === "function"
      ? readAnswer(examples({ set, count, seed, data }), reading)
      : (examples[set] as ExampleTables),
  );
  return isPromise(tables) ? askLater(callback, () => tables) : tables;
}

/** Gives the tables the shapes of the model's input and output where they leave them open. */
function asExamples(
  { inputs, targets, flat }: ExampleTables,
  config: OwnConfig,
  field: string,
): Soon<Examples> {
  const { classification } = config.data;
  const shapes = () => modelShapes(config);
  const count = inputs.shape[0] as number;
  const inputShape: Soon<readonly number[]> = flat
    ? andThen(shapes(), ({ input }) => fitting(input, inputs.values.length / count))
    : inputs.shape.slice(1);
  const labels = classification
    ? readLabels(targets, () => andThen(shapes(), ({ outputs }) => outputs), `${field}.targets`)
    : targets;
  return andThen(inputShape, (shape) =>
    andThen(labels, ({ shape: [, outputs], values }) => ({
      count,
      inputShape: shape,
      inputs: inputs.values,
      outputs: outputs as number,
      targets: values,
      classification,
    })),
  );
}

/** Returns the model's input shape if the numbers fill it; otherwise a plain row, which the model will refuse. */
function fitting(shape: readonly (number | null)[], size: number): readonly number[] {
  const open = shape.filter((side) => side === null).length;
  const known = shape.reduce<number>((product, side) => product * (side ?? 1), 1);
  const rest = size / known;
  const isFilled = open === 0 ? rest === 1 : open === 1 && Number.isInteger(rest);
  return isFilled ? shape.map((side) => side ?? rest) : [size];
}
