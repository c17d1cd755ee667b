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

/** All of them; their names differ. */
export const operations: readonly Operation[] = [
  ...elementwise,
  ...pairs,
  ...reductions,
  ...products,
  ...convolutions,
  ...poolings,
  ...resizings,
  ...moves,
  ...others,
];
