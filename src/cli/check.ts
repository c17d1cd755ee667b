import { resolve } from "node:path";
import { startCommandClock } from "../foundation/clock.ts";
import type { FinishedCheck } from "../judging/check/check.ts";
import type { CheckResult } from "../judging/check/checkResult.ts";
import type { Ladder } from "../judging/ladder/climbLadder.ts";
import { refuseUnwritable, writeReport } from "../report/html/writeReport.ts";
import { describeCut, describeEstimate, describeLeftOut } from "./describeBudget.ts";
import { beginEngine } from "./engine.ts";
import { ExitCode } from "./exitCode.ts";
import { findSource } from "./findSource.ts";
import { checkRuns } from "./followProgress.ts";
import { openPage } from "./openPage.ts";
import { type CommonOptions, parseCommonOptions, parseText, type RawOptions } from "./options.ts";
import { print, printJson, remark } from "./output.ts";
import { createTotalProgress } from "./progress.ts";
import { exitAfter, keepReport, type ReportFile, reportJson } from "./reportFile.ts";
import { describeScript, scriptPlaces } from "./scriptWords.ts";
import { openVerification } from "./verify.ts";

const DEFAULT_REPORT = "learnproof-report.html";
/** Runs as long as the subject's own that a check is foreseen to make: on a few examples, its own, and its own again. */
const FORESEEN = 5;

/** `check [WHAT]`: every law on a subject, a verdict and a report. */
export async function checkCommand(text: string | undefined, raw: RawOptions): Promise<ExitCode> {
  const seconds = startCommandClock();
  const options = parseCommonOptions(raw);
  const { budget } = options;
  const report = resolve(parseText("--report", raw.report) ?? DEFAULT_REPORT);
  await refuseUnwritable(report);
  const { loadWhat } = await import("./whatOptions.ts");
  const named = await loadWhat(text, raw, options);
  const { inputsOf, refuseOverInputs } = await import("./outputFile.ts");
  const { config } = named;
  await refuseOverInputs("--report", report, inputsOf(config, text));
  const verification = await openVerification(named, raw.verify === true);
  if (raw.watch === true) return (await import("./watch.ts")).watchCheck(inputsOf(config, text));
  const source = await findSource(text);
  const engine = await beginEngine(options);
  const workers = (await import("../learning/workers/workerCount.ts")).readWorkers(
    raw.workers ?? 1,
    engine.name,
  );
  if (!options.json && !options.quiet)
    print((await import("./describeStart.ts")).describeStart(named, text, engine));

  const [{ checkResolved }, { startBudget }, { estimateIfFits }, { resolveWhat }, { climbLadder }, { laws }] =
    await Promise.all([
      import("../judging/check/check.ts"),
      import("../judging/check/budget.ts"),
      import("../judging/check/estimate.ts"),
      import("../judging/check/what/what.ts"),
      import("../judging/ladder/climbLadder.ts"),
      import("../judging/law/laws.ts"),
    ]);
  const resolved = await resolveWhat(named);
  const estimate = options.quiet ? null : await estimateIfFits(resolved.subject);
  if (estimate) remark(describeEstimate(estimate, budget));
  const progress = createTotalProgress(FORESEEN * config.training.steps, options);
  const onProgress = checkRuns(
    progress,
    laws.map(({ name }) => name),
  );
  const { finished, ladder } = await (async () => {
    const left = startBudget(
      budget && Math.max(MOMENT, (1 - SHARE_OF_REPORT) * budget - seconds()),
      seconds(),
    );
    const finished = await checkResolved(resolved, engine, left, {
      onProgress,
      workers,
      ...(raw.workers !== undefined && { worthAfter: 0 }),
    });
    return { finished, ladder: raw.ladder === true ? await climbLadder(config, { onProgress }) : undefined };
  })().finally(progress.end);

  const { summariseCheck } = await import("../judging/check/summariseCheck.ts");
  const result = summariseCheck(finished);
  // The measurements come first: a full disk must not cost a person the minutes they took.
  const written = await keepReport("--report", report, () =>
    writeReport(report, {
      ...finished,
      // Targets that had to be fitted are no change of the user's.
      config: finished.what.fit === undefined ? config : finished.config,
      ladder,
      source,
      script: scriptPlaces(result),
    }),
  );
  const verified = verification(result);
  if (options.json)
    printJson({
      ...checkJson(result, { ladder, seconds: seconds(), written }),
      notes: [...named.notes, ...finished.notes, ...describeCut(finished)],
      ...(verified && { verified }),
    });
  else {
    const notes = options.quiet ? [] : finished.notes.map((note) => `Note: ${note}`);
    const lines = [await describe(finished, written.path, options), ...notes, ...describeScript(result)];
    print([...lines, ...(verified ? [verified.why] : [])].join("\n"));
  }
  if (raw.open === true && written.path !== null) await openPage(written.path);
  const { stateOf } = await import("../judging/examine.ts");
  return exitAfter(written, EXIT_CODES[stateOf(finished.examination)]);
}

/** A run that the budget ended before it showed whether it learns neither holds nor fails: the budget was too small. */
const EXIT_CODES = { holds: ExitCode.holds, fails: ExitCode.fails, unfinished: ExitCode.badInput } as const;

/** A budget must be above 0. Where a script took all of it to reach its `fit`, the run is unfinished, and nothing is accused. */
const MOMENT = 1e-3;
/** The share of a budget that is kept for writing the report. */
const SHARE_OF_REPORT = 0.02;

interface Beside {
  readonly ladder: Ladder | undefined;
  readonly seconds: number;
  readonly written: ReportFile;
}

/** The whole result, the lists of losses and the config left out, since the report has them. */
function checkJson(check: CheckResult, { ladder, seconds, written }: Beside): object {
  const { run, subject, engine, cure, ...result } = check;
  const { losses: _losses, ...numbers } = run;
  const { config: _config, ...examples } = subject;
  return {
    ...result,
    cure: cure && {
      change: cure.change,
      verdict: cure.verdict,
      cause: cure.cause,
      ...(cure.edits && { edits: cure.edits, source: cure.edits[0]?.source ?? null }),
    },
    engine: engine.name,
    device: engine.device,
    run: numbers,
    subject: examples,
    ...(ladder && {
      ladder: { rungs: ladder.rungs, verdict: ladder.verdict, generalises: ladder.generalises },
    }),
    digest: run.digest,
    seconds,
    ...reportJson(written),
  };
}

async function describe(
  finished: FinishedCheck,
  report: string | null,
  { quiet, verbose }: CommonOptions,
): Promise<string> {
  const { examination, cures } = finished;
  const { describeCheck, describeCheckBriefly } = await import("../report/terminal/describeCheck.ts");
  const leftOut = describeLeftOut(finished);
  const described = { examination, cures, report, leftOut };
  return quiet ? describeCheckBriefly(described) : describeCheck(described, { verbose });
}
