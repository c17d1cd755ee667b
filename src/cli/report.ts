import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import { readJson } from "../foundation/files/readJson.ts";
import { InputError } from "../foundation/input/inputError.ts";
import type { Config } from "../learning/config/schema.ts";
import { named } from "../learning/training/progress.ts";
import type { ComparedRun } from "../report/html/renderComparison.ts";
import { refuseUnwritable, writeComparison } from "../report/html/writeReport.ts";
import { untilDeadline } from "./deadline.ts";
import { beginEngine } from "./engine.ts";
import { ExitCode } from "./exitCode.ts";
import { findCommit } from "./findSource.ts";
import { allRuns } from "./followProgress.ts";
import { openPage } from "./openPage.ts";
import { type CommonOptions, parseCommonOptions, parseText, type RawOptions } from "./options.ts";
import { print, printJson } from "./output.ts";
import { createTotalProgress } from "./progress.ts";
import { exitAfter, keepReport, reportJson } from "./reportFile.ts";

const DEFAULT_REPORT = "learnproof-report.html";
const MOST_RUNS = 8;

/** `report A [B …]`: trains configs or capsules and lays the runs side by side in one page. */
export async function reportCommand(paths: readonly string[], raw: RawOptions): Promise<ExitCode> {
  const options = parseCommonOptions(raw);
  if (paths.length < 1 || paths.length > MOST_RUNS) {
    throw new InputError({
      code: "out-of-range",
      field: "report",
      message: `must be given 1 to ${MOST_RUNS} configs or capsules`,
      got: paths.length,
    });
  }
  const out = resolve(parseText("--out", raw.out) ?? DEFAULT_REPORT);
  await refuseUnwritable(out, "--out");
  const configs: Config[] = [];
  for (const path of paths) configs.push(await readEither(path, raw, options));
  const { inputsOf, refuseOverInputs } = await import("./outputFile.ts");
  for (const [index, config] of configs.entries())
    await refuseOverInputs("--out", out, inputsOf(config, paths[index]));
  const commit = await findCommit(".");
  const engine = await beginEngine(options);

  const [{ createSubject }, { trainAndDiagnose }] = await Promise.all([
    import("../learning/subject/createSubject.ts"),
    import("../judging/trainAndDiagnose.ts"),
  ]);
  const foreseen = configs.reduce((sum, { training }) => sum + training.steps, 0);
  const progress = createTotalProgress(foreseen, options);
  const runs: ComparedRun[] = [];
  try {
    for (const [index, config] of configs.entries()) {
      const name = basename(paths[index] as string);
      const subject = await createSubject(config);
      const watch = named(name, untilDeadline(options.deadline, allRuns(progress)));
      const outcome = await trainAndDiagnose(subject, { thresholds: config.thresholds, ...watch });
      runs.push({ name, config, subject, ...outcome });
    }
  } finally {
    progress.end();
  }
  const written = await keepReport("--out", out, () => writeComparison(out, runs, commit));
  const rows = runs.map(({ name, verdict, findings, run }) => ({
    name,
    verdict,
    cause: findings[0]?.cause ?? null,
    lossOverVariance: run.train.lossOverVariance,
    digest: run.digest,
  }));
  if (options.json) printJson({ ...reportJson(written), engine: engine.name, runs: rows });
  else
    print(
      `${rows.map(({ name, verdict, cause }) => `${name}: ${verdict}${cause ? ` (${cause})` : ""}`).join("\n")}${written.path === null ? "" : `\nReport: ${written.path}`}`,
    );
  if (raw.open === true && written.path !== null) await openPage(written.path);
  return exitAfter(written, ExitCode.holds);
}

/** A capsule is known by its version. */
async function readEither(path: string, raw: RawOptions, options: CommonOptions): Promise<Config> {
  const json = path.endsWith(".json") && existsSync(path) ? await readJson(path, "config") : null;
  const isCapsule = typeof json === "object" && json !== null && "version" in json;
  if (!isCapsule) {
    const { loadWhat } = await import("./whatOptions.ts");
    return (await loadWhat(path, raw, options)).config;
  }
  const { readCapsule } = await import("../keeping/capsule/capsule.ts");
  const { config } = await readCapsule(path);
  return options.seed === undefined ? config : { ...config, seed: options.seed };
}
