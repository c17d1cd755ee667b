import { type GateResult, tableOf } from "./gateResult.ts";

/** Returns the changes for a program, each metric by its name. */
export function changesJson({ changes }: GateResult) {
  return changes.map((change) => ({ ...change, metric: change.metric.name }));
}

/** Returns the whole table for a program. */
export function tableJson(result: GateResult) {
  return tableOf(result).map(({ metric, power, settled: _, ...row }) => ({
    ...row,
    metric: metric.name,
    detects: power.detects,
  }));
}

/** Returns what the gate would have found, or what gates with the new baselines are expected to find. */
export function powerJson({ subjects }: Pick<GateResult, "subjects">) {
  return subjects.flatMap(({ name, comparisons, expected }) =>
    (expected ?? comparisons).map(({ metric, power }) => ({
      subject: name,
      metric: metric.name,
      unit: metric.scale,
      ...power,
    })),
  );
}

/** Returns the whole result for a program. */
export function gateJson(result: GateResult) {
  const { passed, mode, subjects, kept, falseAlarms, reason, unchanged } = result;
  return {
    passed,
    updated: mode === "updated",
    falseAlarms,
    changes: changesJson(result),
    power: powerJson(result),
    table: tableJson(result),
    reason,
    capsules: kept,
    unchanged,
    subjects: subjects.map(({ name, configFile, measurements, configChanges }) => ({
      subject: name,
      config: configFile,
      seeds: measurements.map(({ seed }) => seed),
      configChanges,
    })),
  };
}
