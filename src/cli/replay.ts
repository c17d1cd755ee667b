import type { Replay } from "../keeping/capsule/replay.ts";
import { untilDeadline } from "./deadline.ts";
import { beginEngine } from "./engine.ts";
import { ExitCode } from "./exitCode.ts";
import { allRuns } from "./followProgress.ts";
import { parseCommonOptions, type RawOptions } from "./options.ts";
import { printJson, printOutcome } from "./output.ts";
import { remarkPageless } from "./pageless.ts";
import { createTotalProgress } from "./progress.ts";

/** `replay CAPSULE`: makes the run again and compares. */
export async function replayCommand(path: string, raw: RawOptions): Promise<ExitCode> {
  const options = parseCommonOptions(raw);
  remarkPageless(raw, "learnproof report CAPSULE --open");
  const { readCapsule } = await import("../keeping/capsule/capsule.ts");
  const capsule = await readCapsule(path);
  const engine = await beginEngine(options, capsule.engine);

  const { steps } = capsule.config.training;
  const { replay } = await import("../keeping/capsule/replay.ts");
  const progress = createTotalProgress(steps, options);
  const result = await replay(capsule, engine, untilDeadline(options.deadline, allRuns(progress))).finally(
    progress.end,
  );

  if (options.json) printJson(replayJson(result, engine.name));
  else printOutcome(describeReplay(result), options.quiet);
  return result.same ? ExitCode.holds : ExitCode.fails;
}

function replayJson({ same, outcome, expected }: Replay, engine: string) {
  return {
    same,
    digest: outcome.digest,
    expectedDigest: expected.digest,
    verdict: outcome.verdict,
    expectedVerdict: expected.verdict,
    cause: outcome.cause,
    expectedCause: expected.cause,
    engine,
  };
}

function describeReplay({ same, outcome, expected }: Replay): string {
  const row = (name: "verdict" | "cause" | "digest") => {
    const [now, then] = [outcome[name] ?? "none", expected[name] ?? "none"];
    return `  ${name.padEnd(8)} ${now === then ? now : `${now}, recorded ${then}`}`;
  };
  return [
    same ? "the same run, bit for bit" : "another run than the one recorded",
    row("verdict"),
    row("cause"),
    row("digest"),
  ].join("\n");
}
