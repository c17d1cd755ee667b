import { Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { measureOfMetrics } from "../../measure/measureOfMetrics.ts";
import type { MeasureFunction } from "../../measure/namedMeasures.ts";
import type { WrittenMeasure } from "../../measure/readMeasure.ts";
import type { NumberTable } from "../nestedNumbers.ts";
import { areBinary, areOneHot } from "../own/labels.ts";
import { rowsOf } from "./tables.ts";

/** What TensorFlow.js keeps of the metrics that a model was compiled with; a Sequential keeps them in its inner model. */
interface Compiled {
  readonly metricsNames?: readonly string[];
  readonly metricsTensors?: readonly (readonly [compute: unknown, output: number])[];
  readonly model?: Compiled;
}

/**
 * Finds the error that a compiled model of one output means, where its loss is code of its own: the first of its metrics
 * that has the name of an error, or that is a function with one value for each example, 0 where predictions equal
 * targets.
 *
 * @returns null where there is none.
 */
export function measureOfCompiled(model: LayersModel, targets: NumberTable): WrittenMeasure | null {
  const compiled = model as unknown as Compiled;
  const { metricsNames = [], metricsTensors = [] } = compiled.model ?? compiled;
  const areClasses = targets.shape.at(-1) === 1 ? areBinary(targets) : areOneHot(targets);
  // The first name is that of the loss.
  const names = metricsNames.slice(1);
  for (const [place, name] of names.entries()) {
    const compute = metricsTensors[place]?.[0];
    const named = measureOfMetrics([name], areClasses);
    if (named) return named;
    if (/^(mse|meanSquaredError)$/i.test(name)) return null;
    if (typeof compute === "function" && isError(compute as MeasureFunction, targets))
      return compute as MeasureFunction;
  }
  return null;
}

/** Examples on which a metric is tried. */
const TRIED = 4;

/** Whether a metric gives 0 for each of some examples whose predictions equal their targets. */
function isError(compute: MeasureFunction, targets: NumberTable): boolean {
  const { shape, values } = rowsOf(targets, 0, Math.min(TRIED, targets.shape[0] as number));
  try {
    return tidy(() => {
      const given = tensor(values, [...shape]);
      const value: unknown = compute(given, given);
      return (
        value instanceof Tensor && value.shape[0] === shape[0] && value.dataSync().every((one) => one === 0)
      );
    });
  } catch {
    return false;
  }
}
