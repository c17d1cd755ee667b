// Notes how the gradient of a table of weights comes about row by row, which TensorFlow keeps until the optimizer has it and
// TensorFlow.js adds up at once. Only tables that nothing but lookups reads have such a gradient.

import {
  clone,
  type DataId,
  dispose,
  engine,
  keep,
  reshape,
  type Tensor,
  type Tensor1D,
  type Variable,
} from "@tensorflow/tfjs-core";

/** The gradients of one reading of rows. */
export interface Lookup {
  /** `[lookups]`, int32: the row that each read. */
  readonly rows: Tensor1D;
  /** `[lookups, ...row]`: the gradient of what each read. */
  readonly gradients: Tensor;
}

/** What is noted of one variable while a gradient is computed. */
interface Noted {
  readonly lookups: Lookup[];
  /** Whether something else than a lookup reads it. */
  isDense: boolean;
}

interface TapeNode {
  readonly kernelName: string;
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly outputs: readonly Tensor[];
}

let watched: ReadonlyMap<DataId, Noted> | null = null;

/** Notes the gradient of one gather while variables are watched; the gradient itself is computed elsewhere. */
export function noteLookup(
  dy: Tensor,
  saved: readonly Tensor[],
  attributes: Readonly<Record<string, unknown>>,
): void {
  const [table, indices] = saved as [Tensor, Tensor];
  const noted = watched?.get(table.dataId);
  if (!noted) return;
  if (attributes.axis !== 0 || attributes.batchDims !== 0) {
    noted.isDense = true;
    return;
  }
  noted.lookups.push({
    rows: keep(clone(reshape(indices, [indices.size]))) as Tensor1D,
    gradients: keep(clone(reshape(dy, [indices.size, ...table.shape.slice(1)]))),
  });
}

/**
 * Runs `work`, which computes gradients of variables, and returns its result with the lookups of each variable: null for one
 * that something else reads too, and for one that is read by none. The caller disposes them, see {@link disposeLookups}.
 *
 * @param work calls the function that it is given where the forward pass has ended.
 */
export function watchingLookups<Result>(
  variables: readonly Variable[],
  work: (afterForward: () => void) => Result,
): { readonly result: Result; readonly lookups: readonly (readonly Lookup[] | null)[] } {
  const all = variables.map((): Noted => ({ lookups: [], isDense: false }));
  watched = new Map(variables.map(({ dataId }, at) => [dataId, all[at] as Noted]));
  try {
    const result = work(() => noteOtherUses(variables, all));
    const lookups = all.map(({ lookups: of, isDense }) => {
      if (!isDense && of.length > 0) return of;
      disposeLookups([of]);
      return null;
    });
    return { result, lookups };
  } catch (error) {
    disposeLookups(all.map(({ lookups }) => lookups));
    throw error;
  } finally {
    watched = null;
  }
}

/** Frees what {@link watchingLookups} returned. */
export function disposeLookups(lookups: readonly (readonly Lookup[] | null)[]): void {
  for (const of of lookups) for (const { rows, gradients } of of ?? []) dispose([rows, gradients]);
}

/** Notes each variable that the tape shows to be read by something else than a lookup. */
function noteOtherUses(variables: readonly Variable[], all: readonly Noted[]): void {
  const places = new Map(variables.map(({ id }, at) => [id, at]));
  const tape = (engine().state as unknown as { activeTape: readonly TapeNode[] | null }).activeTape ?? [];
  for (const { kernelName, inputs, outputs } of tape)
    for (const [name, input] of Object.entries(inputs)) {
      const at = places.get(input.id);
      if (at === undefined || (kernelName === "GatherV2" && name === "x")) continue;
      // A copy hands the rows on, as in TensorFlow. TensorFlow.js names it by the operation that it is part of.
      const copies = outputs.filter((one) => one.dataId === input.dataId && hasSameSides(one, input));
      if (copies.length === 0) (all[at] as Noted).isDense = true;
      for (const { id } of copies) places.set(id, at);
    }
}

function hasSameSides(one: Tensor, other: Tensor): boolean {
  return one.rank === other.rank && one.shape.every((side, axis) => side === other.shape[axis]);
}
