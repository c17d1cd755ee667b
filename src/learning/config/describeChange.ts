import { printNumber } from "../../foundation/print/printNumber.ts";
import {
  describePreparation,
  describeRepairs,
  type HeldOutPreparation,
  type Repair,
} from "./preparations.ts";
import type { InputReading, OwnDataConfig } from "./schema.ts";

type Entry = Readonly<Record<string, unknown>>;

/**
 * Describes how a value changed, such as `training.steps 500 → 2000`. For lists of layers it names only the keys that
 * differ, and a value once if all layers share it: `model.hidden[].activation "sigmoid" → "relu"`. Of an optimizer or
 * a loss it gives the name and the settings that differ: `training.optimizer sgd (learningRate 0.01) → adam
 * (learningRate 0.001)`. A change of a model of the user's own is said in words first: `twice the units or filters of
 * every hidden layer (rework.width 1 → 2)`.
 *
 * @param nameOf names a function of the user's own that is exchanged; null where it has no name.
 * @param wordsOf says what another version of the examples is that the user's script holds; null where that is not known.
 */
export function describeChange(
  path: string,
  before: unknown,
  after: unknown,
  nameOf: (part: "loss" | "optimizer") => string | null = () => null,
  wordsOf: (version: number) => string | null = () => null,
): string {
  const versions = path === "data.asHeld" && Array.isArray(after) ? after.map(wordsOf) : [];
  if (versions.length > 0 && !versions.includes(null))
    return `${[...new Set(versions)].join(", and ")} (${path} ${printJson(before)} → ${printJson(after)})`;
  const exchanged = EXCHANGED[path];
  if (exchanged && after === false) {
    const own = nameOf(exchanged);
    return `the ${exchanged} ${own === null ? "" : `${own} `}of the subject's own code → training.${exchanged} of the config`;
  }
  const leftOut = after === undefined || after === null ? LEFT_OUT[path] : undefined;
  if (leftOut) return leftOut;
  const inWords = IN_WORDS[path];
  if (inWords && after !== null && after !== undefined)
    return `${inWords(after, before)} (${path} ${printJson(before)} → ${printJson(after)})`;
  if (isNamed(before) && isNamed(after))
    return `${path} ${printNamed(before, after)} → ${printNamed(after, before)}`;
  if (!areEntries(before) || !areEntries(after) || before.length !== after.length)
    return `${path} ${printJson(before)} → ${printJson(after)}`;
  return Object.keys(after[0] as Entry)
    .filter((key) => column(before, key) !== column(after, key))
    .map((key) => `${path}[].${key} ${column(before, key)} → ${column(after, key)}`)
    .join(", ");
}

/** Fields that exchange what a subject's own code gives for what the config names. */
const EXCHANGED: Readonly<Record<string, "loss" | "optimizer">> = {
  "rework.ownLoss": "loss",
  "rework.ownOptimizer": "optimizer",
};

/** What a run without a field does, in words. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  "data.fitTargets": "the targets as the examples give them",
  "training.earlyStopping": "no early stopping (training.earlyStopping null)",
  "training.optimizer.schedule": "a learning rate that stays (training.optimizer.schedule left out)",
  "training.optimizer.onPlateau":
    "a learning rate that is not lowered on a plateau (training.optimizer.onPlateau left out)",
};

/** What each change of a model or of examples of the user's own does, in words. */
const IN_WORDS: Readonly<Record<string, (after: unknown, before: unknown) => string>> = {
  "rework.width": (after, before) =>
    `${printFactor(Number(after) / Number(before))} the units or filters of every hidden layer`,
  "rework.layers": (after, before) => printMoreLayers(Number(after) - Number(before)),
  "rework.activation": (after) => `${after} as the activation of every hidden layer`,
  "rework.outputActivation": (after) => `${after} as the activation of the output`,
  "rework.kernelInitializer": (after) => `${after} as the initializer of every kernel`,
  "rework.useBias": (after) => `${after === true ? "a" : "no"} bias in every layer`,
  "rework.dropout": (after) =>
    `a rate of ${after} for every dropout layer${after === 0 ? ", and neither noise nor augmentation" : ""}`,
  "rework.l2": (after) =>
    after === 0 ? "no penalty on any weight" : `an L2 penalty of ${after} on every kernel`,
  "rework.penalty": (after) => `${after} times what layers add to the loss for what they answer`,
  "rework.leastUnits": (after) => `at least ${after} units or filters in every hidden layer`,
  "rework.underRoots": (after) =>
    `${after} added to what roots and logarithms of the program's own layers and losses take`,
  "rework.outputUnits": (after) => `${after} units in the last layer`,
  "rework.flatten": () => "one output for each example, in place of one for each position",
  "rework.rescaling": () => "the inputs as they are, without a layer that rescales them",
  "rework.everyStep": () => "an output at every step, in place of the last one alone",
  "rework.samePadding": () => "every convolution padded, so that its output is as large as its input",
  "rework.keepPlaces": () => "flattening in place of pooling over all places",
  "rework.masking": (after) =>
    after === false
      ? "no masking of steps"
      : `a mask over the steps that only fill a sequence up${after === true ? "" : ` with ${after}`}`,
  "rework.lookUp": (after) => `each of ${after} codes looked up in a table of numbers before the first layer`,
  "rework.swapAxes": () => "the two axes of each input swapped before the first layer",
  "data.classes": (after) => `the class numbers ${listOf(after)} read as 0, 1, 2, …`,
  "data.oneHot": () => "a crossentropy for one-hot rows, in place of the sparse one",
  "data.classNumbers": () => "the targets read as class numbers",
  "data.targetShape": (after) => `targets of shape [${(after as readonly number[]).join(", ")}]`,
  "rework.trainable": () => "every layer trained, also those built frozen",
  "rework.averagesInEvaluation": () =>
    "batch normalisation by its moving averages, in place of the batch, in evaluation",
  "rework.batchStatistics": () =>
    "batch normalisation called as in training, so that it normalises each batch and moves its averages",
  "rework.constraints": () => "weights of any value, without constraints",
  "rework.momentum": (after) => `a momentum of ${after} for the averages of batch normalisation`,
  "rework.apart": () => "each softmax over the numbers of one example, in place of the batch",
  "rework.causal": () => "no step sees a later one",
  "rework.ownEnds": () => "a layer of its own for each output",
  "rework.lossWeights": (after) =>
    after === "even"
      ? "the loss of each output divided by what a constant leaves of it"
      : "the loss of every output weighted alike",
  "data.withoutWeights": () => "every example and every step counted alike, without their weights",
  "data.delayInput": (after) => `what input ${after} shows a step later, behind a first step of 0`,
  "data.withoutInputs": (after) =>
    `input ${(after as number[]).join(", ")} left out, as its mean in every row`,
  "data.readInputs": (after) => (after as readonly InputReading[]).map(printReading).join(", and "),
  "data.shiftTargets": (after) => printShift(after as NonNullable<OwnDataConfig["shiftTargets"]>),
  "data.heldOutClasses": (after) =>
    `the held-out classes numbered as in training (${listOf((after as readonly number[]).map((_, number) => number))} become ${listOf(after)})`,
  "data.matchHeldOut": (after) =>
    `the held-out ${after === "both" ? "inputs and targets" : after} scaled as those of training are`,
  "data.prepareHeldOut": (after) => describePreparation(after as HeldOutPreparation),
  "data.prepareAsked": (after) => describeRepairs(after as readonly Repair[]),
  "data.fillGaps": () =>
    "missing numbers filled with the mean of their column, and infinite ones with its least or largest",
  "rework.turnLoss": (after) =>
    after === "labels"
      ? "0 and 1 exchanged in what the loss takes the targets for"
      : "the two arguments of the loss in each other's place",
  "data.turnLabels": () => "0 and 1 exchanged in the targets of all examples",
  "data.exchangeTargets": (after) => `the targets of outputs ${(after as number[]).join(" and ")} exchanged`,
  "data.withoutMarked": (after) =>
    `the examples left out whose target ${[...new Set((after as readonly { value: number }[]).map(({ value }) => value))].join(" or ")} stands for what was not measured`,
  "data.asHeld": (after) =>
    `the examples as the script holds them elsewhere, version ${(after as readonly number[]).join(" and ")}`,
  "data.evenClasses": () => "each class weighted as much as every other",
  "data.asChanges": (after) =>
    after === "both"
      ? "the changes of the series, in place of its values, as inputs and targets"
      : "the change from the last value as the target, in place of the value",
  "training.shuffle": () => "the rows shuffled before each epoch",
  "data.resplit": (after) =>
    after === "asked"
      ? "the rows shuffled before they are split into training rows and those that the script asks about"
      : after === "more"
        ? "four fifths of all rows trained on, and a fifth held out"
        : after === "distinct"
          ? "each row kept once, and then split into training and held-out ones"
          : "the rows shuffled before they are split into training and held-out ones",
};

function listOf(classes: unknown): string {
  const [first, second, ...others] = classes as readonly number[];
  return [first, second, ...(others.length > 1 ? ["…"] : []), ...others.slice(-1)].join(", ");
}

function printReading(reading: InputReading): string {
  if (reading.as === "codes")
    return `the codes${reading.input === undefined ? "" : ` of input ${reading.input}`} as whole numbers, ${printNumber(1 / reading.step)} times what they are`;
  return reading.as === "names"
    ? `input ${reading.place} read as names, by the mean target of each`
    : `input ${reading.place} read as a time that comes round every ${reading.period} steps`;
}

function printShift({ train, heldOut, along }: NonNullable<OwnDataConfig["shiftTargets"]>): string {
  if (along === "windows") {
    const steps = `${train} step${train === 1 ? "" : "s"}`;
    return `for each window the target of the window that begins ${steps} later, which it does not hold`;
  }
  const by = (rows: number) =>
    `by ${Math.abs(rows)} row${Math.abs(rows) === 1 ? "" : "s"} ${rows > 0 ? "up" : "down"}`;
  if (train === heldOut) return `the targets moved ${by(train)}`;
  if (heldOut === 0) return `the training targets moved ${by(train)}`;
  if (train === 0) return `the held-out targets moved ${by(heldOut)}`;
  return `the training targets moved ${by(train)}, the held-out ones ${by(heldOut)}`;
}

/** A network without hidden layers has none to copy. */
function printMoreLayers(more: number): string {
  const [many, kind] = more === 1 ? ["one", "layer"] : [String(more), "layers"];
  return `${many} more hidden ${kind} like the last, or of 16 relu units where there was none`;
}

function printFactor(factor: number): string {
  if (factor === 2) return "twice";
  return factor === 0.5 ? "half" : `${Number(factor.toPrecision(3))} times`;
}

/** Prints a value as JSON; an optional field that is left out is `unset`. */
function printJson(value: unknown): string {
  return value === undefined ? "unset" : JSON.stringify(value);
}

type Named = Entry & { readonly name: string };

function isNamed(value: unknown): value is Named {
  return typeof value === "object" && value !== null && typeof (value as Entry).name === "string";
}

/** Prints the name, and in brackets the settings whose values the other object has not. */
function printNamed({ name, ...settings }: Named, other: Named): string {
  const differing = Object.entries(settings).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(other[key]),
  );
  if (differing.length === 0) return name;
  return `${name} (${differing.map(([key, value]) => `${key} ${printBriefly(value)}`).join(", ")})`;
}

/** A schedule may list a rate for every epoch. */
const MOST_LISTED = 6;

/** Prints a value as JSON, but of long lists the first two and the last alone. */
function printBriefly(value: unknown): string {
  const briefly = (_: string, part: unknown) =>
    Array.isArray(part) && part.length > MOST_LISTED ? [...part.slice(0, 2), "…", ...part.slice(-1)] : part;
  return JSON.stringify(value, briefly).replaceAll('"…"', "…");
}

function areEntries(value: unknown): value is readonly Entry[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((entry) => typeof entry === "object" && entry !== null && !Array.isArray(entry))
  );
}

/** Prints the values at a key as JSON: a single one if all are equal, otherwise the list. */
function column(entries: readonly Entry[], key: string): string {
  const values = entries.map((entry) => JSON.stringify(entry[key]));
  return new Set(values).size === 1 ? (values[0] as string) : `[${values.join(",")}]`;
}
