import type { TraceJudgement } from "../judging/trace/judgeTrace.ts";
import { readTrace } from "../judging/trace/traceLine.ts";
import { ExitCode } from "./exitCode.ts";
import type { RawOptions } from "./options.ts";
import { parseCommonOptions } from "./options.ts";
import { print, printJson } from "./output.ts";

/** `judge TRACE.jsonl`: what a trace of any training says, and what it cannot say. */
export async function judgeCommand(path: string, raw: RawOptions): Promise<ExitCode> {
  const { json } = parseCommonOptions(raw);
  const trace = readTrace(path);
  const [{ judgeTrace }, { parseConfig }] = await Promise.all([
    import("../judging/trace/judgeTrace.ts"),
    import("../learning/config/parseConfig.ts"),
  ]);
  const judgement = judgeTrace(trace, parseConfig({}).thresholds);
  if (json) printJson(judgement);
  else print(describe(judgement));
  return judgement.verdict === "learns" ? ExitCode.holds : ExitCode.fails;
}

function describe({ verdict, why, causes, notChecked }: TraceJudgement): string {
  const named = causes.map(
    ({ name, evidence }, at) => `${at === 0 ? "Cause:" : "  also:"} ${name}: ${evidence}`,
  );
  return [
    `${verdict ?? "not judged"}: ${why}`,
    ...named,
    `Not checked, since a trace does not show it: ${notChecked.join(", ")}.`,
  ].join("\n");
}
