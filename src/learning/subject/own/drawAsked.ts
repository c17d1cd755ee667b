// Reads the questions of a program as examples, as its training examples are read.

import { InputError } from "../../../foundation/input/inputError.ts";
import { definitionOf } from "../../config/ownDefaults.ts";
import type { OwnConfig } from "../../config/schema.ts";
import { prepare, preparedOtherwise } from "../asked/preparation.ts";
import type { AskedTables, Question, QuestionFacts } from "../asked/question.ts";
import type { Examples } from "../examples.ts";
import type { ExampleSets } from "../subject.ts";
import type { ReadQuestion } from "../subjectDefinition.ts";
import { andThen, isPromise, type Soon } from "./later.ts";
import type { ExampleTables } from "./pair.ts";
import { mixWith } from "./resplit.ts";
import { readTables } from "./writtenExamples.ts";

/** How tables become examples as those of training did. */
export interface AskedReading {
  read(tables: ExampleTables, field: string): Soon<Examples>;
  scale(examples: Examples): Examples;
}

/** Adds to the examples what is asked of the trained model, where its losses take targets of the outputs' shapes. */
export function withAsked(config: OwnConfig, sets: ExampleSets, reading: AskedReading): Soon<ExampleSets> {
  if (definitionOf(config).asked.length === 0 || sets.train.ownTargets) return sets;
  return andThen(drawAsked(config, reading), (given) => {
    const { train, asked } =
      config.data.resplit === "asked"
        ? mixed(given, sets.train, config.seed)
        : { train: sets.train, asked: given };
    const own = { ...sets, train };
    return { ...own, asked: asked.map((one) => questionOf(one, own, config)) };
  });
}

/** Mixes training with the rows of the first question whose targets the script gives, as a shuffle before the split does. */
function mixed(asked: readonly AskedExamples[], train: Examples, seed: number) {
  const first = asked.find(({ facts }) => facts.targets === "given");
  if (!first) return { train, asked };
  const [rows, others] = mixWith(train, first.examples, seed);
  return { train: rows, asked: asked.map((one) => (one === first ? { ...one, examples: others } : one)) };
}

/** Reads the tables of questions as those of examples are read. */
export function readQuestions(asked: readonly AskedTables[]): readonly ReadQuestion[] {
  return asked.map(({ x, y, shown = [], ...facts }, number) => ({
    facts,
    tables: readTables(
      { inputs: x, targets: y, ...(shown.length > 0 && { steps: { weights: [], shown } }) },
      `asked[${number}]`,
    ),
  }));
}

interface AskedExamples {
  readonly facts: QuestionFacts;
  readonly examples: Examples;
  readonly number: number;
}

/** What is asked, where the config takes another version of the examples in that version. */
function askedBy(config: OwnConfig): readonly ReadQuestion[] {
  const { asked, held } = definitionOf(config);
  const { asHeld } = config.data;
  return asHeld && held ? readQuestions(held.examples(asHeld).asked) : asked;
}

/** Reads one question behind the other. */
function drawAsked(config: OwnConfig, { read, scale }: AskedReading): Soon<readonly AskedExamples[]> {
  return askedBy(config).reduce<Soon<readonly AskedExamples[]>>(
    (before, { facts, tables }, number) =>
      andThen(before, (list) =>
        andThen(
          orNone(() => read(tables, `asked[${number}]`)),
          (own) => (own === null ? list : [...list, { facts, examples: scale(own), number }]),
        ),
      ),
    [],
  );
}

/** What is asked may not fit the model, as where the script catches the error: it is then no question. */
function orNone(read: () => Soon<Examples>): Soon<Examples | null> {
  const leaveOut = (error: unknown) => {
    if (error instanceof InputError) return null;
    throw error;
  };
  try {
    const own = read();
    return isPromise(own) ? own.then((examples) => examples, leaveOut) : own;
  } catch (error) {
    return leaveOut(error);
  }
}

function questionOf(
  { facts, examples, number }: AskedExamples,
  { train }: ExampleSets,
  { data }: OwnConfig,
): Question {
  const how = data.prepareAsked?.[number] ?? "none";
  const own =
    (how !== "order" &&
      how !== "reading" &&
      how !== "reset" &&
      how !== "evaluation" &&
      how !== "trained" &&
      how !== "filled" &&
      how !== "none" &&
      prepare(examples, train, how, facts)) ||
    examples;
  const encoded = {
    ...(facts.recoded && { recoded: how === "codes" ? [] : facts.recoded }),
    ...(facts.movedColumns && { movedColumns: how === "columns" ? null : facts.movedColumns }),
    ...(facts.renumbered && { renumbered: how === "words" ? null : facts.renumbered }),
  };
  const otherwise = facts.targets === null ? [] : preparedOtherwise(own, train, encoded);
  const undone = {
    ...(how === "order" && { order: null }),
    ...(how === "reading" && { readings: [] }),
    ...(how === "reset" && { carried: null }),
    ...(how === "evaluation" && { inTraining: null }),
    ...(how === "trained" && { untrained: false, leftOut: null, usedBehind: null }),
    ...(how === "filled" && { missing: null }),
    ...encoded,
  };
  return { ...facts, ...undone, number, examples: own, otherwise };
}
