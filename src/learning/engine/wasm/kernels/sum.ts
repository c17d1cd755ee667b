/** Sums over leading axes, as the gradient of a bias does; the stock kernel transposes first. */
import { type RowSum, rowSumOf, type SumAttributes } from "../../leadingAxes.ts";
import { MOVE } from "../blocks.ts";
import type { Host } from "../host.ts";
import type { Outputs, Stock } from "../kernel.ts";
import type { UnaryInputs } from "./aliases.ts";

/** Sums float32 over leading axes; the stock kernel does everything else. */
export function sum(
  host: Host,
  inputs: UnaryInputs,
  attributes: SumAttributes,
  stock: Stock<UnaryInputs, SumAttributes>,
): Outputs {
  const { x } = inputs;
  const plan: RowSum | null = x.dtype === "float32" ? rowSumOf(x.shape, attributes) : null;
  if (!plan) return stock(inputs, attributes);
  const { rows, columns, shape } = plan;
  const out = host.output(shape);
  host.run("sumRows", Math.ceil(columns / 16), host.threadsFor(MOVE * rows * columns), [
    host.address(x),
    host.address(out),
    rows,
    columns,
  ]);
  return out;
}
