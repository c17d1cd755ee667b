import { baselinePath, type NamedBaseline } from "../keeping/gate/baseline.ts";
import type { SubjectConfig } from "../keeping/gate/subjectConfig.ts";
import { inputsOf, refuseOverInputs } from "./outputFile.ts";

/** The files that the gate reads and writes. */
export interface GateFiles {
  readonly subjects: readonly SubjectConfig[];
  readonly baselines: readonly NamedBaseline[];
  /** Folder of the baselines. */
  readonly folder: string;
  readonly engine: string;
  /** Files to be written, each with the option that names it. */
  readonly outputs: readonly (readonly [option: string, path: string])[];
}

/**
 * Baselines need no such care: a file in their place that is none is refused as it is read.
 *
 * @throws {InputError} where an output would be written over what this run reads, or over a baseline.
 */
export async function refuseGateOverInputs(files: GateFiles): Promise<void> {
  const { subjects, baselines, folder, engine, outputs } = files;
  const pathOf = (subject: string) => baselinePath(folder, { engine, subject });
  const inputs = subjects.flatMap(({ config, configFile }) => inputsOf(config, configFile));
  const written = [...baselines.map(({ subject }) => subject), ...subjects.map(({ name }) => name)].map(
    pathOf,
  );
  for (const [option, path] of outputs) await refuseOverInputs(option, path, [...inputs, ...written]);
}
