/** Every operation that tfjs-layers trains with, and those that models of one's own call, as a table of cases. */
import { convolutions } from "./operations/convolutions.ts";
import { elementwise } from "./operations/elementwise.ts";
import { moves } from "./operations/moves.ts";
import type { Operation } from "./operations/operation.ts";
import { others } from "./operations/others.ts";
import { pairs } from "./operations/pairs.ts";
import { poolings } from "./operations/poolings.ts";
import { products } from "./operations/products.ts";
import { reductions } from "./operations/reductions.ts";
import { resizings } from "./operations/resizings.ts";

/** Operations of one kind. */
export interface Family {
  readonly title: string;
  readonly operations: readonly Operation[];
}

export const families: readonly Family[] = [
  { title: "Functions of one tensor", operations: elementwise },
  { title: "Functions of two tensors", operations: pairs },
  { title: "Reductions", operations: reductions },
  { title: "Products", operations: products },
  { title: "Convolutions", operations: convolutions },
  { title: "Pooling", operations: poolings },
  { title: "Resizing", operations: resizings },
  { title: "Choosing, moving and repeating values", operations: moves },
  { title: "Normalisation, dilation and losses", operations: others },
];

/** All of them; their names differ. */
export const operations: readonly Operation[] = families.flatMap((family) => family.operations);
