import { InputError } from "../foundation/input/inputError.ts";
import { nearest } from "../foundation/input/nearest.ts";
import type { Explained } from "../report/explain/explain.ts";
import { explainedNames } from "../report/explain/names.ts";
import { ExitCode } from "./exitCode.ts";
import type { RawOptions } from "./options.ts";
import { print, printJson } from "./output.ts";

/** `explain [NAME]`: what a cause or a law means; without a name, all of them in a line each. */
export async function explainCommand(name: string | undefined, raw: RawOptions): Promise<ExitCode> {
  const json = raw.json === true;
  if (name !== undefined && !explainedNames.includes(name)) refuse(name);
  const { describeExplained, explain, explainAll } = await import("../report/explain/explain.ts");
  const toJson = (explained: Explained) => ({ ...explained, text: describeExplained(explained) });
  if (name === undefined) {
    const all = explainAll();
    if (json) printJson({ explanations: all.map(toJson) });
    else print(all.map(({ name, kind, claim }) => `${kind.padEnd(5)} ${name}: ${claim}`).join("\n"));
    return ExitCode.holds;
  }
  const explained = explain(name) ?? refuse(name);
  if (json) printJson(toJson(explained));
  else print(describeExplained(explained));
  return ExitCode.holds;
}

function refuse(got: string): never {
  const meant = nearest(got, explainedNames);
  throw new InputError({
    code: "unknown-name",
    field: "explain",
    message: `must be given the name of a cause or a law; ${meant ? `did you mean ${meant}? Run` : "run"} learnproof explain for all of them`,
    got,
  });
}
