import { baselinePath, type NamedBaseline } from "../keeping/gate/baseline.ts";
import type { SubjectConfig } from "../keeping/gate/subjectConfig.ts";
import { inputsOf, refuseOverInputs } from "./outputFile.ts";

/** What the gate reads and what it is to write. */
export interface GateFiles {
  readonly subjects: readonly SubjectConfig[];
  readonly baselines: readonly NamedBaseline[];
  /** Of the baselines. */
  readonly folder: string;
  readonly engine: string;
  readonly report: string;
  /** Whether the baselines are written. */
  readonly update: boolean;
}

/** @throws {InputError} where the report or a new baseline would be written over what this run reads. */
export async function refuseGateOverInputs(files: GateFiles): Promise<void> {
  const { subjects, baselines, folder, engine, report, update } = files;
  const pathOf = (subject: string) => baselinePath(folder, { engine, subject });
  const inputs = subjects.flatMap(({ config, configFile }) => inputsOf(config, configFile));
  const written = [...baselines.map(({ subject }) => subject), ...subjects.map(({ name }) => name)].map(
    pathOf,
  );
  await refuseOverInputs("--report", report, [...inputs, ...written]);
  if (update) for (const { name } of subjects) await refuseOverInputs("--baselines", pathOf(name), inputs);
}
