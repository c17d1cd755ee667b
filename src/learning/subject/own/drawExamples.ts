// Draws the examples of a project's own subject, and gives each table to an input or an output of its model.

import { InputError } from "../../../foundation/input/inputError.ts";
import { definitionOf } from "../../config/ownDefaults.ts";
import type { OwnConfig } from "../../config/schema.ts";
import { type ExampleSet, type Examples, firstExamples } from "../examples.ts";
import { fitTargets, isOneLongerByOne } from "../misfit/fitTargets.ts";
import { sizeOf, targetParts } from "../parts.ts";
import { standardiseExamples } from "../standardise.ts";
import type { ExampleSets } from "../subject.ts";
import { arrange } from "./arrange.ts";
import { asLabels, becomeLabels } from "./asLabels.ts";
import { assemble, filledShape } from "./assemble.ts";
import { ask, askLater, type Callback } from "./blame.ts";
import { withAsked } from "./drawAsked.ts";
import { combineWeights } from "./exampleWeights.ts";
import { labelled, type PlacedTable, withClassesOf } from "./labelled.ts";
import { andThen, isPromise, type Soon } from "./later.ts";
import { modelShapes } from "./modelShapes.ts";
import { namesAnOutput } from "./namesAnOutput.ts";
import { inOwnShapes } from "./ownShapes.ts";
import type { ExampleTables } from "./pair.ts";
import { heldOutOtherwise, repairAsked, repairAskedHeldOut, repairRows, repairScales } from "./repair.ts";
import { resplit, resplitDistinct, resplitForMore } from "./resplit.ts";
import type { GivenTable } from "./sides.ts";
import { withSteps } from "./withSteps.ts";
import { nextTensor, readAnswer, readTables, type WrittenExamples } from "./writtenExamples.ts";

/** Draws both sets, repairs them, splits them again and standardises them if the config asks for it. */
export function drawExamples(config: OwnConfig): Soon<ExampleSets> {
  return andThen(readExamples(config, "train"), (train) =>
    andThen(config.data.heldOut > 0 ? readExamples(config, "heldOut") : null, (own) => {
      const heldOut = own && withClassesOf(train, own);
      const repaired = repairRows({ train, heldOut }, config.data);
      const split = splitAgain(repaired, config);
      const sets = repairScales(split, config.data);
      const toUnits = (of: Examples) => standardiseExamples(of, () => sets.train, config.data);
      const areLabels = config.data.unitTargets === true && becomeLabels(toUnits(sets.train), config);
      const toScale = (of: Examples) => {
        const scaled = toUnits(of);
        return fitTargets(areLabels ? asLabels(scaled) : scaled, config.data.fitTargets);
      };
      const shaped = inOwnShapes(config, {
        train: toScale(sets.train),
        heldOut: sets.heldOut && toScale(sets.heldOut),
      });
      const read = (tables: ExampleTables, field: string) =>
        andThen(asExamples(tables, config, "heldOut", field), (asked) => withClassesOf(train, asked));
      const scale = (asked: Examples) => {
        const own = repairAskedHeldOut(asked, { train, heldOut }, config.data);
        return toScale(repairAsked(own, train, split.train, config.data));
      };
      const otherwise = config.program ? heldOutOtherwise(sets) : [];
      const others = otherwise.map(({ how, examples }) => ({ how, examples: toScale(examples) }));
      return andThen(shaped, (all) => {
        // As what a script asks, they have targets of the outputs' shapes, which those of other shapes do not fit.
        const known = others.length > 0 && !all.train.ownTargets ? { ...all, heldOutOtherwise: others } : all;
        return withAsked(config, known, { read, scale });
      });
    }),
  );
}

function readExamples(config: OwnConfig, set: ExampleSet): Soon<Examples> {
  const { data } = config;
  const { examples, held } = definitionOf(config);
  const count = set === "train" ? data.examples : data.heldOut;
  const { asHeld } = data;
  if (typeof examples !== "function") {
    if (asHeld && held) {
      const version = held.examples(asHeld)[set];
      return asExamples(
        readTables(version as WrittenExamples, `examples.${set}`),
        config,
        set,
        `examples.${set}`,
      );
    }
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
  { inputs, targets, count, sampleWeights, steps }: ExampleTables,
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
    const asksModel = side === "targets" && (namesOutputs || tables.some(({ shape }) => shape.length > 2));
    if (isPlain(tables) && !asksModel) return tables.map((table) => ({ ...table, name: `${kind} 0` }));
    return andThen(shapes(), (known) =>
      arrange(tables, known[ports], kind, `${field}.${side}`).map((table) => {
        const { port, isFlat, shape } = table;
        const filled = isFlat ? filledShape(table, port.shape) : shape;
        return {
          ...table,
          name: port.name,
          shape: side === "targets" ? squeezed(filled, port.shape) : filled,
        };
      }),
    );
  };
  return andThen(place("inputs", inputs), (given) =>
    andThen(place("targets", inShape(targets, config)), (wanted) =>
      andThen(labelled(wanted, config), (labels) => {
        const { withoutWeights } = config.data;
        const counted =
          withoutWeights && steps ? { ...steps, weights: steps.weights.map(() => null) } : steps;
        const examples = withSteps(assemble(count, given, labels), counted, `${field}.steps`);
        if (set === "heldOut" || withoutWeights) return examples;
        const targetTables = labels.map(({ values }) => values);
        const weighted = { count, targets: targetTables, parts: targetParts(examples) };
        const weights = combineWeights(weighted, sampleWeights, definition.classWeight);
        return { ...examples, ...(weights && { weights }) };
      }),
    ),
  );
}

/** Whether a side is a single table whose shape is known, so that the model need not be asked. */
function isPlain(tables: readonly GivenTable[]): boolean {
  const [only] = tables;
  return tables.length === 1 && only !== undefined && only.name === null && !only.isFlat;
}

/** Gives the only table of targets the shape that the config names for each example. */
function inShape(tables: readonly GivenTable[], { data: { targetShape } }: OwnConfig): readonly GivenTable[] {
  const [only] = tables;
  if (!targetShape || tables.length !== 1 || !only) return tables;
  const [count = 1] = only.shape;
  if (count * sizeOf(targetShape) === only.values.length)
    return [{ ...only, isFlat: false, shape: [count, ...targetShape] }];
  throw new InputError({
    code: "conflict",
    field: "data.targetShape",
    message: `must hold as many numbers as an example has targets (${only.values.length / count}); correct it, or leave it out`,
    got: targetShape,
  });
}

/** Adds or takes away the axis of 1 at the end that targets and output of an example differ by, as Keras does. */
function squeezed([count = 1, ...row]: readonly number[], port: readonly (number | null)[]): number[] {
  const shape = port.filter((side) => side !== null);
  return [count, ...(shape.length === port.length && isOneLongerByOne(row, shape) ? shape : row)];
}

function splitAgain(sets: ExampleSets, { data, seed }: OwnConfig): ExampleSets {
  if (data.resplit === "distinct") return resplitDistinct(sets, seed);
  if (data.resplit === "more") return resplitForMore(sets, seed);
  return data.resplit === true ? resplit(sets, seed) : sets;
}
