import type { LayersModel } from "@tensorflow/tfjs-layers";
import { largestOf } from "../../../foundation/numbers/extremes.ts";
import { seedStream } from "../../../foundation/random/seedStream.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { allLayers, type Layer } from "../../../learning/subject/layerTree.ts";
import { mostAtOnce } from "../../../learning/training/mostAtOnce.ts";
import { columnSpreads, type Spread } from "../spread.ts";
import { evaluateAtOnce } from "./evaluate.ts";
import type { FreshModel } from "./freshModel.ts";

/** How often each column is exchanged. A dead unit may hide a column for some examples, hardly for all of them. */
const PAIRS = 8;
/** How often a column is exchanged that changed nothing at first: a relu at the end hides most differences. */
const PAIRS_OF_SILENT = 64;
/** The most columns that are asked: the forward passes then have 8192 examples together. */
const MOST_COLUMNS = 1024;
/** A model that answers none of so many exchanges is taken for blind. */
const ENOUGH = 64;

/** Which columns of a table of inputs the outputs depend on. */
export interface InputUse {
  /** Columns whose number differs between examples. */
  readonly asked: number;
  /** Those of them that change no output when they are exchanged, by index. */
  readonly unused: readonly number[];
}

/**
 * Exchanges one column at a time between two examples that differ in it, and compares the outputs in evaluation mode.
 *
 * @returns null if the inputs are no table of columns, if they have too many, or if no column changes any output: a
 * model that is blind to everything has another fault.
 */
export async function measureInputUse(fresh: FreshModel): Promise<InputUse | null> {
  const { train } = fresh.subject;
  const columns = train.inputs.length / train.count;
  if (train.inputShape.length !== 1 || columns > MOST_COLUMNS) return null;
  return measureUseOfColumns(fresh);
}

/** Asks the same of all numbers of a row, whatever their shape. */
export async function measureUseOfColumns({ model, subject }: FreshModel): Promise<InputUse | null> {
  const { train, seed } = subject;
  const columns = train.inputs.length / train.count;
  if (train.count < 2) return null;
  const random = seedStream(seed, "evidence/inputUse");
  const exchanges = Array.from({ length: columns }, (_, column) =>
    drawPairs(train, column, PAIRS, random),
  ).flat();
  const asked = new Set(exchanges.map(({ column }) => column));
  const used = await findUsed(model, train, exchanges, ENOUGH);
  if (used.size === 0) return null;
  const silent = [...asked]
    .filter((column) => !used.has(column))
    .flatMap((column) => drawPairs(train, column, PAIRS_OF_SILENT, random));
  if (silent.length > 0) {
    const others = await findUsedAtOneScale(model, train, silent);
    for (const column of others) used.add(column);
  }
  return { asked: asked.size, unused: [...asked].filter((column) => !used.has(column)) };
}

/**
 * Returns the columns whose exchange changes an output. Each is exchanged once before any is exchanged again, since what is
 * known to be used is not asked again.
 *
 * @param enough exchanges of which no one is answered, so that no more are made.
 */
async function findUsed(
  model: LayersModel,
  train: Examples,
  exchanges: readonly Exchange[],
  enough = Number.POSITIVE_INFINITY,
): Promise<Set<number>> {
  const used = new Set<number>();
  let answered = 0;
  for (const round of inRounds(exchanges)) {
    const asked = round.filter(({ column }) => !used.has(column));
    for (const column of await findUsedAtOnce(model, train, asked)) used.add(column);
    answered += asked.length;
    if (used.size === 0 && answered >= enough) break;
  }
  return used;
}

/** The first exchange of each column, then the second ones, … */
function inRounds(exchanges: readonly Exchange[]): readonly (readonly Exchange[])[] {
  const made = new Map<number, number>();
  const rounds: Exchange[][] = [];
  for (const exchange of exchanges) {
    const round = made.get(exchange.column) ?? 0;
    made.set(exchange.column, round + 1);
    rounds[round] ??= [];
    rounds[round].push(exchange);
  }
  return rounds;
}

async function findUsedAtOnce(
  model: LayersModel,
  train: Examples,
  exchanges: readonly Exchange[],
): Promise<Set<number>> {
  const used = new Set<number>();
  const atOnce = Math.max(1, Math.floor(mostAtOnce(model, 512, train) / 2));
  for (let start = 0; start < exchanges.length; start += atOnce) {
    const some = exchanges.slice(start, start + atOnce);
    const outputs = await evaluateAtOnce(model, beforeAndAfter(train, some));
    some.forEach(({ column }, place) => {
      if (differs(outputs, 2 * place, 2 * place + 1, train.outputs)) used.add(column);
    });
  }
  return used;
}

/** A column this much smaller than the largest is lost in rounding, which is a matter of scale and not of use. */
const LOST = 1e-3;

/** A relu at the end may be 0 for every row of one sign. */
const FACTORS = [1, -1, 4, -4];

/**
 * Asks again with standardised columns: next to large numbers, or in saturated units, a small one is lost in rounding.
 * Indices of an embedding have to stay as they are; small columns beside them count as used.
 */
async function findUsedAtOneScale(
  model: LayersModel,
  train: Examples,
  exchanges: readonly Exchange[],
): Promise<Set<number>> {
  const columns = train.inputs.length / train.count;
  const spreads = columnSpreads(train.inputs, columns);
  if (looksUp(model)) {
    const largest = largestOf(spreads.map(({ deviation }) => deviation));
    const isLost = ({ column }: Exchange) => (spreads[column] as Spread).deviation < LOST * largest;
    return new Set([
      ...exchanges.filter(isLost).map(({ column }) => column),
      ...(await findUsed(model, train, exchanges)),
    ]);
  }
  const scaled = (value: number, column: number) => {
    const { mean, deviation } = spreads[column] as Spread;
    return deviation === 0 ? 0 : (value - mean) / deviation;
  };
  const used = new Set<number>();
  for (const factor of FACTORS) {
    const inputs = train.inputs.map((value, at) => factor * scaled(value, at % columns));
    const asked = exchanges
      .filter(({ column }) => !used.has(column))
      .map(({ row, column, value }) => ({ row, column, value: factor * scaled(value, column) }));
    for (const column of await findUsed(model, { ...train, inputs }, asked)) used.add(column);
  }
  return used;
}

/** Whether a layer takes its input as a place in a list. */
export function looksUp(model: LayersModel): boolean {
  return allLayers(model).some(takesPlaces);
}

/** Whether a layer takes its own input as places in a list: what stands behind the comma is cut off. */
export function takesPlaces(layer: Layer): boolean {
  return /Embedding|Encoding|Lookup|Hashing/i.test(layer.getClassName());
}

/** A column of an example that gets the number of another example. */
interface Exchange {
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

/** Draws examples and other numbers for one column; none if all examples have the same number there. */
function drawPairs(
  { inputs, count }: Examples,
  column: number,
  most: number,
  random: { below(limit: number): number },
): Exchange[] {
  const columns = inputs.length / count;
  const at = (row: number) => inputs[row * columns + column] as number;
  const pairs: Exchange[] = [];
  for (let pair = 0; pair < most; pair++) {
    const row = random.below(count);
    const from = random.below(count);
    for (let step = 0; step < count; step++) {
      const value = at((from + step) % count);
      if (value === at(row)) continue;
      pairs.push({ row, column, value });
      break;
    }
    if (pairs.length === 0) return [];
  }
  return pairs;
}

/** Returns each example as it is, followed by the one with the exchanged number. */
function beforeAndAfter(train: Examples, exchanges: readonly Exchange[]): Examples {
  const columns = train.inputs.length / train.count;
  const count = 2 * exchanges.length;
  const inputs = new Float32Array(count * columns);
  exchanges.forEach(({ row, column, value }, place) => {
    const own = train.inputs.subarray(row * columns, (row + 1) * columns);
    inputs.set(own, 2 * place * columns);
    inputs.set(own, (2 * place + 1) * columns);
    inputs[(2 * place + 1) * columns + column] = value;
  });
  const { weights: _weights, ...rest } = train;
  return { ...rest, count, inputs, targets: new Float32Array(count * train.outputs) };
}

function differs(table: Float32Array, a: number, b: number, columns: number): boolean {
  for (let column = 0; column < columns; column++)
    if (!Object.is(table[a * columns + column], table[b * columns + column])) return true;
  return false;
}
