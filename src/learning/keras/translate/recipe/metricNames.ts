import { isObject } from "../../../../foundation/savedModel/keras3.ts";

/**
 * Lists the names of the metrics that a program of one output was compiled with.
 *
 * @param written a name, an object as Keras writes it, or a list or an object by the output's name of them.
 */
export function metricNames(written: unknown): readonly string[] {
  if (typeof written === "string") return [written];
  if (Array.isArray(written)) return written.flatMap(metricNames);
  if (!isObject(written)) return [];
  const { class_name: kind, config } = written;
  if (kind === undefined) return Object.values(written).flatMap(metricNames);
  if (kind === "function") return [];
  const wrapped = isObject(config) ? config.fn : undefined;
  const isWrapper = kind === "MeanMetricWrapper" && typeof wrapped === "string";
  return [isWrapper ? wrapped : String(kind)];
}
