// Lists of tensors, in which loops of TensorFlow keep what they take in and give out in each round.

import { stack, type Tensor, unstack, zeros } from "@tensorflow/tfjs-core";
import { numbersOf } from "./operation.ts";

/** Tensors of one shape; null where none has been put yet. A list is never changed: each operation gives a new one. */
export class TensorList {
  readonly items: readonly (Tensor | null)[];

  constructor(items: readonly (Tensor | null)[]) {
    this.items = items;
  }
}

/** What a node of a graph gives: a tensor, or a list of them. */
export type Value = Tensor | TensorList;

/** Computes an operation that takes or gives a list. */
export type ListOperation = (inputs: readonly Value[]) => readonly Value[];

const listOf = (value: Value | undefined) => (value as TensorList).items;
const numberOf = (value: Value | undefined) => numbersOf(value as Tensor)[0] as number;

/** Where nothing was put, TensorFlow reads zeros: of the shape that is asked for, or, where that is open, of the other items. */
function filled(items: readonly (Tensor | null)[], shape: Value | undefined): Tensor[] {
  const sides = numbersOf(shape as Tensor);
  const known = sides.every((side) => side >= 0) ? sides : items.find((item) => item !== null)?.shape;
  return items.map((item) => {
    if (item) return item;
    if (known === undefined)
      throw new RangeError("the traced function reads a list in which nothing was put");
    return zeros([...known]);
  });
}

/** Operations on lists, by their names in TensorFlow. */
export const lists: Readonly<Record<string, ListOperation>> = {
  TensorListReserve: ([, count]) => [
    new TensorList(Array.from({ length: Math.max(0, numberOf(count)) }, () => null)),
  ],
  EmptyTensorList: () => [new TensorList([])],
  TensorListFromTensor: ([table]) => [new TensorList(unstack(table as Tensor))],
  TensorListGetItem: ([list, at, shape]) => [
    filled([listOf(list)[numberOf(at)] ?? null, ...listOf(list)], shape)[0] as Tensor,
  ],
  TensorListSetItem: ([list, at, item]) => {
    const items = [...listOf(list)];
    items[numberOf(at)] = item as Tensor;
    return [new TensorList(items)];
  },
  TensorListPushBack: ([list, item]) => [new TensorList([...listOf(list), item as Tensor])],
  TensorListPopBack: ([list, shape]) => {
    const items = listOf(list);
    return [new TensorList(items.slice(0, -1)), filled(items, shape).at(-1) as Tensor];
  },
  TensorListStack: ([list, shape]) => [stack(filled(listOf(list), shape))],
};
