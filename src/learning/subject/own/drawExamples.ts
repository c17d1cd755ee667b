// Draws the examples of a project's own subject, and gives each table to an input or an output of its model.

import { InputError } from "../../../foundation/input/inputError.ts";
import { definitionOf } from "../../config/ownDefaults.ts";
import type { OwnConfig } from "../../config/schema.ts";
import { type ExampleSet, type Examples, firstExamples } from "../examples.ts";
import { fitTargets } from "../misfit.ts";
import { targetParts } from "../parts.ts";
import { standardiseExamples } from "../standardise.ts";
import type { ExampleSets } from "../subject.ts";
import { arrange } from "./arrange.ts";
import { assemble, filledShape, type PartTable, type TargetTable } from "./assemble.ts";
import { ask, askLater, type Callback } from "./blame.ts";
import { byOutput } from "./byOutput.ts";
import { classificationOf } from "./classification.ts";
import { combineWeights } from "./exampleWeights.ts";
import { type Labels, readLabels } from "./labels.ts";
import { andThen, isPromise, type Soon } from "./later.ts";
import { modelShapes } from "./modelShapes.ts";
import { namesAnOutput } from "./namesAnOutput.ts";
import type { ExampleTables } from "./pair.ts";
import { resplit } from "./resplit.ts";
import type { GivenTable } from "./sides.ts";
import { nextTensor, readAnswer } from "./writtenExamples.ts";

/** Draws both sets, splits them again and standardises them if the config asks for it. */
export function drawExamples(config: OwnConfig): Soon<ExampleSets> {
  return andThen(readExamples(config, "train"), (train) =>
    andThen(config.data.heldOut > 0 ? readExamples(config, "heldOut") : null, (own) => {
      const heldOut = own && withClassesOf(train, own);
      const sets = config.data.resplit ? resplit({ train, heldOut }, config.seed) : { train, heldOut };
      const toScale = (of: Examples) =>
        fitTargets(
          standardiseExamples(of, () => sets.train, config.data),
          config.data.fitTargets,
        );
      return { train: toScale(sets.train), heldOut: sets.heldOut && toScale(sets.heldOut) };
    }),
  );
}

/**
 * Gives held-out classes a column for each class of training, of which the last ones may be missing there.
 *
 * @throws {InputError} for a class that training lacks and the model has no unit for.
 */
function withClassesOf(train: Examples, heldOut: Examples): Examples {
  const { outputs, targets, count } = heldOut;
  if (outputs === train.outputs || !train.classification || !heldOut.classification) return heldOut;
  if (outputs > train.outputs)
    throw new InputError({
      code: "invalid-value",
      field: "examples (heldOut)",
      message: `must be of the classes that training has, which are numbered from 0 to ${train.outputs - 1}; correct the labels or the model's units`,
      got: outputs - 1,
    });
  const padded = new Float32Array(count * train.outputs);
  for (let row = 0; row < count; row++)
    padded.set(targets.subarray(row * outputs, (row + 1) * outputs), row * train.outputs);
  return { ...heldOut, outputs: train.outputs, targets: padded };
}

function readExamples(config: OwnConfig, set: ExampleSet): Soon<Examples> {
  const { data } = config;
  const { examples } = definitionOf(config);
  const count = set === "train" ? data.examples : data.heldOut;
  if (typeof examples !== "function") {
    const tables = examples[set] as ExampleTables;
    return andThen(asExamples(tables, config, set, `examples.${set}`), (all) => firstExamples(all, count));
  }
  const field = `examples (${set})`;
  return andThen(askForExamples(config, set, count), (tables) =>
    andThen(asExamples(tables, config, set, field), (drawn) => {
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
  const field = `examples (${set})`;
  const reading = { count, field, firstTensor: nextTensor(), shapes: () => modelShapes(config) };
  const tables = ask(callback, () =>
    typeof examples === "function"
      ? readAnswer(examples({ set, count, seed, data }), reading)
      : (examples[set] as ExampleTables),
  );
  return isPromise(tables) ? askLater(callback, () => tables) : tables;
}

/** Gives the tables to the model's inputs and outputs, and the shapes that they leave open. */
function asExamples(
  { inputs, targets, count, sampleWeights }: ExampleTables,
  config: OwnConfig,
  set: ExampleSet,
  field: string,
): Soon<Examples> {
  const definition = definitionOf(config);
  const shapes = () => modelShapes(config);
  const namesOutputs = namesAnOutput(definition);
  const place = (side: "inputs" | "targets", tables: readonly GivenTable[]): Soon<PlacedTable[]> => {
    const [kind, ports] =
      side === "inputs" ? (["input", "inputs"] as const) : (["output", "outputs"] as const);
    if (isPlain(tables) && !(side === "targets" && namesOutputs))
      return tables.map((table) => ({ ...table, name: `${kind} 0` }));
    return andThen(shapes(), (known) =>
      arrange(tables, known[ports], kind, `${field}.${side}`).map((table) => {
        const { port, isFlat, shape } = table;
        return { ...table, name: port.name, shape: isFlat ? filledShape(table, port.shape) : shape };
      }),
    );
  };
  return andThen(place("inputs", inputs), (given) =>
    andThen(place("targets", targets), (wanted) =>
      andThen(labelled(wanted, config), (labels) => {
        const examples = assemble(count, given, labels);
        if (set === "heldOut") return examples;
        const targetTables = labels.map(({ values }) => values);
        const weighted = { count, targets: targetTables, parts: targetParts(examples) };
        const weights = combineWeights(weighted, sampleWeights, definition.classWeight);
        return { ...examples, ...(weights && { weights }) };
      }),
    ),
  );
}

/** A table that belongs to an input or output of the model, under its name. */
type PlacedTable = PartTable & { readonly field: string };

/** Whether a side is a single table whose shape is known, so that the model need not be asked. */
function isPlain(tables: readonly GivenTable[]): boolean {
  const [only] = tables;
  return tables.length === 1 && only !== undefined && only.name === null && !only.isFlat;
}

/** Makes class numbers one-hot, output by output. */
function labelled(tables: readonly PlacedTable[], config: OwnConfig): Soon<TargetTable[]> {
  const classes = classificationOf(definitionOf(config), tables, config.data.classification);
  const next = (done: readonly TargetTable[]): Soon<TargetTable[]> => {
    const index = done.length;
    const table = tables[index];
    if (!table) return [...done];
    const classification = classes[index] === true || config.data.classNumbers === true;
    const { outputUnits, flatten } = config.rework;
    const shapeOf = () =>
      outputUnits === undefined
        ? andThen(modelShapes(config), ({ outputs }) => {
            const shape = outputs[index]?.shape ?? [];
            return flatten ? shape.slice(-1) : shape;
          })
        : [outputUnits];
    const labels: Soon<Labels> = classification
      ? readLabels(table, shapeOf, table.field, asksEachByItself(config, tables, index))
      : table;
    return andThen(labels, ({ shape, values, severalLabels }) =>
      next([
        ...done,
        { name: table.name, shape, values, classification, ...(severalLabels && { severalLabels }) },
      ]),
    );
  };
  return next([]);
}

/** Whether the loss of an output asks each of its numbers by itself, so that several may be 1. */
function asksEachByItself(
  config: OwnConfig,
  outputs: readonly { readonly name: string }[],
  index: number,
): boolean {
  const { losses, loss } = definitionOf(config);
  if (loss !== null) return false;
  const named = losses === null ? config.training.loss : byOutput(losses, outputs, "loss")[index]?.config;
  return named?.name === "binaryCrossentropy";
}
