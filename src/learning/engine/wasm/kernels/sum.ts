/** Sums over leading axes, as the gradient of a bias does; the stock kernel transposes first. */
import { type TensorInfo, util } from "@tensorflow/tfjs-core";
import { MOVE } from "../blocks.ts";
import type { Host } from "../host.ts";
import type { Outputs, Stock } from "../kernel.ts";
import type { UnaryInputs } from "./aliases.ts";

/** The attributes of Sum. */
export interface SumAttributes {
  readonly axis: number | number[];
  readonly keepDims: boolean;
}

/** Returns how many leading axes `axes` names, or 0 if it names any other axis. */
function leadingAxes(axes: readonly number[], rank: number): number {
  return axes.length < rank && [...axes].sort((a, b) => a - b).every((axis, index) => axis === index)
    ? axes.length
    : 0;
}

/** Sums float32 over leading axes; the stock kernel does everything else. */
export function sum(
  host: Host,
  inputs: UnaryInputs,
  attributes: SumAttributes,
  stock: Stock<UnaryInputs, SumAttributes>,
): Outputs {
  const { x } = inputs;
  const leading = leadingAxes(util.parseAxisParam(attributes.axis, x.shape), x.shape.length);
  if (x.dtype !== "float32" || leading === 0) return stock(inputs, attributes);
  const rows = util.sizeFromShape(x.shape.slice(0, leading));
  const kept = x.shape.slice(leading);
  const out: TensorInfo = host.output(
    attributes.keepDims ? [...x.shape.slice(0, leading).fill(1), ...kept] : kept,
  );
  const columns = util.sizeFromShape(kept);
  host.run("sumRows", Math.ceil(columns / 16), host.threadsFor(MOVE * rows * columns), [
    host.address(x),
    host.address(out),
    rows,
    columns,
  ]);
  return out;
}
