// Reported bugs, restated as configs: fixtures/reported-bugs holds a broken and a mended program for each.

import { readdirSync, readFileSync } from "node:fs";
import type { Recorded } from "../../src/keeping/capsule/capsule.ts";
import { measureOutcome } from "../../src/keeping/capsule/record.ts";
import { parseConfig } from "../../src/learning/config/parseConfig.ts";

const FOLDER = new URL("../../fixtures/reported-bugs/", import.meta.url);

type Written = Readonly<Record<string, unknown>>;

/** A file of fixtures/reported-bugs. */
export interface ReportedBug {
  /** Its file's name without the ending. */
  readonly name: string;
  /** Where it was reported, or what it was made up after. */
  readonly source: string;
  /** What was reported, in our own words. */
  readonly report: string;
  /** The class of fault, as the benchmarks have it. */
  readonly fault: string;
  /** Any of these, named first, names the fault; empty where the broken program learns all the same. */
  readonly causes: readonly string[];
  readonly broken: Written;
  readonly mended: Written;
}

/** Every reported bug, in the order of their names. */
export function readReportedBugs(): ReportedBug[] {
  return readdirSync(FOLDER)
    .sort()
    .map((file) => ({
      name: file.replace(/\.json$/, ""),
      ...(JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")) as Omit<ReportedBug, "name">),
    }));
}

/** What `train` says of a program. */
export type Said = Pick<Recorded, "verdict" | "cause">;

/** Trains a config and asks for the cause. */
export async function ask(written: Written): Promise<Said> {
  const { verdict, cause } = await measureOutcome(parseConfig(written));
  return { verdict, cause };
}

/** Whether the broken program is named as its file wants it. */
export function isNamed({ causes }: ReportedBug, { cause }: Pick<Said, "cause">): boolean {
  return cause === null ? causes.length === 0 : causes.includes(cause);
}
