import { InputError } from "../foundation/input/inputError.ts";
import { nearest } from "../foundation/input/nearest.ts";
import { describeExplained, type Explained, explain, explainAll } from "../report/explain/explain.ts";
import { ExitCode } from "./exitCode.ts";
import type { RawOptions } from "./options.ts";
import { print, printJson } from "./output.ts";

/** `explain [NAME]`: what a cause or a law means; without a name, all of them in a line each. */
export async function explainCommand(name: string | undefined, raw: RawOptions): Promise<ExitCode> {
  const json = raw.json === true;
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

function toJson(explained: Explained) {
  return { ...explained, text: describeExplained(explained) };
}

function refuse(got: string): never {
  const meant = nearest(
    got,
    explainAll().map(({ name }) => name),
  );
  throw new InputError({
    code: "unknown-name",
    field: "explain",
    message: `must be given the name of a cause or a law; ${meant ? `did you mean ${meant}? Run` : "run"} learnproof explain for all of them`,
    got,
  });
}
