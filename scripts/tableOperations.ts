// Writes the table of operations into docs/layers.md: `npm run operations`.

import { readFile, writeFile } from "node:fs/promises";
import { agreementOf, type Reference, referencesOf } from "../specs/learning/engine/differenceQuotient.ts";
import type { Operation } from "../specs/learning/engine/operations/operation.ts";
import { families, operations } from "../specs/learning/engine/operations.ts";
import { agrees } from "../specs/learning/engine/tolerances.ts";
import { InputError } from "../src/foundation/input/inputError.ts";
import { type EngineName, engineNames } from "../src/learning/engine/engineName.ts";
import { engines as descriptors } from "../src/learning/engine/engines.ts";
import { startEngine } from "../src/learning/engine/startEngine.ts";

const PAGE = "docs/layers.md";
const BEGIN = "<!-- operations: made by `npm run operations` -->";
const END = "<!-- end of operations -->";

const references = await referencesOf(operations);
const engines: EngineName[] = [];
const verdicts = new Map<EngineName, ReadonlyMap<Operation, string>>();
for (const name of [...engineNames].reverse()) {
  if ((await descriptors[name].whyUnavailable()) !== null) continue;
  await startEngine({ name });
  engines.push(name);
  verdicts.set(name, await verdictsOf());
}
await replaceBetween(PAGE, table());

/** Finds the verdict on each operation for the running engine. */
async function verdictsOf(): Promise<Map<Operation, string>> {
  const found = new Map<Operation, string>();
  for (const operation of operations)
    found.set(operation, await verdictOf(operation, references.get(operation) as Reference));
  return found;
}

async function verdictOf(operation: Operation, reference: Reference): Promise<string> {
  try {
    const agreement = await agreementOf(operation, reference);
    if (agrees(agreement)) return "agrees";
    return `differs: value ${agreement.value.toPrecision(2)}, gradient ${agreement.gradient.toPrecision(2)}`;
  } catch (error) {
    return error instanceof InputError
      ? "refused by name"
      : `fails: ${(error as Error).message.split("\n", 1)[0]}`;
  }
}

function table(): string {
  const verdict = (name: EngineName, operation: Operation) => verdicts.get(name)?.get(operation) ?? "";
  const sections = families.map(({ title, operations: rows }) =>
    [
      `### ${title}`,
      "",
      `| operation | ${engines.join(" | ")} |`,
      `|---|${engines.map(() => "---|").join("")}`,
      ...rows.map((row) => `| ${row.name} | ${engines.map((name) => verdict(name, row)).join(" | ")} |`),
    ].join("\n"),
  );
  const counts = engines.map((name) => {
    const right = operations.filter((operation) => verdict(name, operation) === "agrees").length;
    return `${right} of ${operations.length} agree on ${name}`;
  });
  return ["## Operations", `${counts.join(", ")}.`, ...sections].join("\n\n");
}

async function replaceBetween(path: string, text: string): Promise<void> {
  const page = await readFile(path, "utf8");
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`${path} must hold ${BEGIN} and ${END}.`);
  await writeFile(path, `${before}${BEGIN}\n\n${text}\n\n${END}${after}`);
}
