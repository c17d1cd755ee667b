// Writes the tables of layers and operations into docs/layers.md: `npm run operations`.

import { readFile, writeFile } from "node:fs/promises";
import { agreementOf, type Reference, referencesOf } from "../specs/learning/engine/differenceQuotient.ts";
import { cannotTrain, layerClasses } from "../specs/learning/engine/layers/layerClasses.ts";
import { slopeOf, slopesAgree } from "../specs/learning/engine/layers/slope.ts";
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
const layerVerdicts = new Map<EngineName, ReadonlyMap<string, string>>();
const verdicts = new Map<EngineName, ReadonlyMap<Operation, string>>();
for (const name of [...engineNames].reverse()) {
  if ((await descriptors[name].whyUnavailable()) !== null) continue;
  await startEngine({ name });
  engines.push(name);
  verdicts.set(name, await verdictsOf());
  layerVerdicts.set(name, await layerVerdictsOf());
}
await replaceBetween(PAGE, [layerTable(), table()].join("\n\n"));

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

async function layerVerdictsOf(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const entry of layerClasses) {
    try {
      found.set(entry.name, slopesAgree(await slopeOf(entry)) ? "agrees" : "differs");
    } catch (error) {
      found.set(entry.name, `fails: ${(error as Error).message.split("\n", 1)[0]}`);
    }
  }
  return found;
}

function layerTable(): string {
  const names = [...layerClasses.map(({ name }) => name)].sort();
  const verdict = (engine: EngineName, name: string) => layerVerdicts.get(engine)?.get(name) ?? "";
  const counts = engines.map((engine) => {
    const right = names.filter((name) => verdict(engine, name) === "agrees").length;
    return `${right} of ${names.length} agree on ${engine}`;
  });
  return [
    "## Layers",
    `Each layer class of TensorFlow.js stands behind a dense layer and before another, and the slope of the loss along a random direction in all weights is compared with the difference quotient. ${counts.join(", ")}.`,
    [
      `| layer | ${engines.join(" | ")} |`,
      `|---|${engines.map(() => "---|").join("")}`,
      ...names.map((name) => `| ${name} | ${engines.map((engine) => verdict(engine, name)).join(" | ")} |`),
    ].join("\n"),
    `Not asked: ${Object.entries(cannotTrain)
      .map(([name, why]) => `${name} (${why})`)
      .join("; ")}.`,
  ].join("\n\n");
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
