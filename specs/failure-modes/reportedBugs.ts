// Reported bugs, restated as configs: fixtures/reported-bugs holds a broken and a mended program for each.

import { readdirSync, readFileSync } from "node:fs";
import { parseConfig } from "../../src/config/parseConfig.ts";
import type { CauseName } from "../../src/diagnosis/causes.ts";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import { judge, type Verdict } from "../../src/law/verdict.ts";
import { createSubject } from "../../src/subject/createSubject.ts";
import { train } from "../../src/training/train.ts";

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
  readonly causes: readonly CauseName[];
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
export interface Said {
  readonly verdict: Verdict;
  /** The cause named first; null where none is. */
  readonly cause: CauseName | null;
}

/** Trains a config and asks for the cause. */
export async function ask(written: Written): Promise<Said> {
  const config = parseConfig(written);
  const subject = createSubject(config);
  const run = await train(subject);
  const findings = await diagnose(subject, run, config);
  return { verdict: judge(run, config.thresholds), cause: findings[0]?.cause ?? null };
}

/** Whether the broken program is named as its file wants it. */
export function isNamed({ causes }: ReportedBug, { cause }: Said): boolean {
  return cause === null ? causes.length === 0 : causes.includes(cause);
}
