// The steps of an action or a workflow as a runner takes them: those that run a script, in bash.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Ended, runIn } from "./inFolder.ts";

export interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly "working-directory"?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What the expressions of the steps may name. */
export type Values = Readonly<Record<string, string>>;

/** The value of an expression: a name, or the first of several that is not empty. */
function evaluate(expression: string, values: Values): string {
  return expression
    .split("||")
    .map((name) => values[name.trim()] ?? "")
    .reduce((first, next) => first || next);
}

function fillIn(text: string, values: Values): string {
  return text.replace(/\$\{\{ (.*?) \}\}/g, (_all, expression: string) => evaluate(expression, values));
}

/** Whether a step is taken: every condition of a step that runs a script asks whether an output is empty. */
function isTaken({ if: condition }: Step, values: Values): boolean {
  if (condition === undefined) return true;
  const asked = /^\$\{\{ (\S+) == '' \}\}$/.exec(condition)?.[1];
  if (asked === undefined) throw new Error(`the spec must know how to decide ${condition}`);
  return (values[asked] ?? "") === "";
}

/** Reads what a step put out: `name=value`, or `name<<END` with the value in the lines up to END. */
function readOutputs(text: string, prefix: string): Values {
  const found = text.matchAll(/^([\w-]+)(?:=(.*)|<<(\S+)\r?\n([\s\S]*?)\r?\n\3)$/gm);
  return Object.fromEntries(
    [...found].map(([, name, value, , lines]) => [`${prefix}${name}`, value ?? lines ?? ""]),
  );
}

export interface Outcome {
  /** Identifiers of the steps that were taken. */
  readonly taken: readonly string[];
  readonly last: Ended;
  readonly outputs: Values;
}

/** Takes the steps that run a script in a checkout until one fails. */
export async function runSteps(steps: readonly Step[], folder: string, given: Values): Promise<Outcome> {
  const temp = join(folder, "..", "temp");
  let values: Values = { "runner.temp": temp, ...given };
  const taken: string[] = [];
  let last: Ended = { code: 0, stdout: "", stderr: "" };
  await mkdir(temp, { recursive: true });
  for (const step of steps.filter(({ run }) => run !== undefined)) {
    if (last.code !== 0) break;
    if (!isTaken(step, values)) continue;
    const id = step.id ?? "";
    taken.push(id);
    const output = join(temp, "output");
    await writeFile(output, "");
    const env = Object.entries(step.env ?? {}).map(([name, text]) => [name, fillIn(text, values)]);
    const where = join(folder, fillIn(step["working-directory"] ?? ".", values));
    last = await runIn(where, "bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", step.run ?? ""], {
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: join(temp, "summary.md"),
      GITHUB_WORKSPACE: folder,
      ...Object.fromEntries(env),
    });
    values = { ...values, ...readOutputs(await readFile(output, "utf8"), `steps.${id}.outputs.`) };
  }
  return { taken, last, outputs: values };
}
