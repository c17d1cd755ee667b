import { join, resolve } from "node:path";
import { InputError } from "../foundation/input/inputError.ts";
import { LONGEST_REASON, MOST_FLOOR } from "../keeping/gate/baseline.ts";
import { FALSE_ALARMS, MOST_GATE_SEEDS, SECOND_LOOK, USUAL_MINUTES } from "../keeping/gate/comparing/plan.ts";
import {
  type CommonOptions,
  parseCommonOptions,
  parseNumber,
  parseText,
  type RawOptions,
} from "./options.ts";

const DEFAULT_BASELINES = "fixtures/baselines";
const DEFAULT_REPORT = "learnproof-gate.md";
const DEFAULT_CACHE = join("node_modules", ".cache", "learnproof");

/** What the command line asks of the gate. */
export interface GateCommandOptions extends CommonOptions {
  /** Folder of the baselines. */
  readonly folder: string;
  readonly report: string;
  readonly cache: string;
  readonly capsules: string | undefined;
  /** The file to which a line is appended. */
  readonly history: string | undefined;
  readonly badge: string | undefined;
  readonly sarif: string | undefined;
  readonly junit: string | undefined;
  /** Whether to say what the subjects depend on, and to measure nothing. */
  readonly inputsOnly: boolean;
  /** A commit: only subjects that changed since are measured. */
  readonly changed: string | undefined;
  readonly shard: Shard | undefined;
  /** Where to write what was measured, for {@link merge}. */
  readonly blob: string | undefined;
  /** A folder with such files: nothing is measured, and they are put together. */
  readonly merge: string | undefined;
  readonly all: boolean;
  readonly update: boolean;
  readonly reason: string | undefined;
  readonly acceptWorse: boolean;
  readonly floor: number | undefined;
  readonly falseAlarms: number;
  /** Seeds of the gates for which a baseline is written. */
  readonly gateSeeds: number | undefined;
  /** The most minutes that the seeds of such a gate may take, for each subject. */
  readonly minutes: number;
}

/** One of several parts of a gate, counted from 1. */
export interface Shard {
  readonly part: number;
  readonly of: number;
}

/** @throws {InputError} for an option whose value is of the wrong kind, or that needs another one. */
export function parseGateOptions(raw: RawOptions): GateCommandOptions {
  const options = {
    ...parseCommonOptions(raw),
    folder: parseText("--baselines", raw.baselines) ?? DEFAULT_BASELINES,
    report: resolve(parseText("--report", raw.report) ?? DEFAULT_REPORT),
    cache: resolve(parseText("--cache", raw.cache) ?? DEFAULT_CACHE),
    capsules: parseText("--capsules", raw.capsules),
    history: parseText("--history", raw.history),
    badge: parseText("--badge", raw.badge),
    sarif: parseText("--sarif", raw.sarif),
    junit: parseText("--junit", raw.junit),
    inputsOnly: raw.inputsOnly === true,
    changed: parseText("--changed", raw.changed),
    shard: parseShard(raw.shard),
    blob: parsePath("--blob", raw.blob),
    merge: parseText("--merge", raw.merge),
    all: raw.all === true,
    update: raw.update === true,
    reason: parseReason(raw.reason),
    acceptWorse: raw.acceptWorse === true,
    floor: parseFloor(raw.floor),
    falseAlarms:
      parseNumber("--false-alarms", raw.falseAlarms, {
        is: (value) => value >= LEAST_ALARMS && value <= MOST_ALARMS,
        rule: `must be a probability from ${LEAST_ALARMS} to ${MOST_ALARMS}, such as 1e-4`,
      }) ?? FALSE_ALARMS,
    gateSeeds: parseNumber("--seeds", raw.seeds, {
      is: (value) => Number.isInteger(value) && value >= SECOND_LOOK && value <= MOST_GATE_SEEDS,
      rule: `must be a whole number from ${SECOND_LOOK} to ${MOST_GATE_SEEDS}`,
    }),
    minutes:
      parseNumber("--minutes", raw.minutes, {
        is: (value) => value > 0 && value <= MOST_MINUTES,
        rule: `must be a number of minutes above 0, up to ${MOST_MINUTES}`,
      }) ?? USUAL_MINUTES,
  };
  if (!options.update) refuseWithoutUpdate(raw);
  refuseTogether(raw, options.merge === undefined ? [] : NOT_WITH_MERGE, "--merge, which measures nothing");
  refuseTogether(raw, options.blob === undefined ? [] : ["update"], "--blob, which compares");
  return options;
}

/** Rarer alarms than a billionth no number of seeds of a gate can promise; a gate that fails one time in ten is none. */
const LEAST_ALARMS = 1e-9;
const MOST_ALARMS = 0.1;

/** A day. */
const MOST_MINUTES = 24 * 60;

/** @throws {InputError} where it is no ratio that can be a floor. */
export function parseFloor(value: unknown): number | undefined {
  return parseNumber("--floor", value, {
    is: (ratio) => ratio > 1 && ratio <= MOST_FLOOR,
    rule: `must be a ratio above 1, up to ${MOST_FLOOR}, such as 1.25`,
  });
}

function parsePath(option: string, value: unknown): string | undefined {
  const path = parseText(option, value);
  return path === undefined ? undefined : resolve(path);
}

function parseShard(value: unknown): Shard | undefined {
  if (value === undefined) return undefined;
  const [, part, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(String(value)) ?? [];
  const shard = { part: Number(part), of: Number(of) };
  if (shard.part >= 1 && shard.part <= shard.of) return shard;
  throw new InputError({
    code: "invalid-option",
    field: "--shard",
    message: "must be a part and the number of parts, such as 2/5",
    got: value,
  });
}

function parseReason(value: unknown): string | undefined {
  const reason = parseText("--reason", value)?.trim();
  if (reason === undefined || (reason !== "" && reason.length <= LONGEST_REASON)) return reason;
  throw new InputError({
    code: "invalid-option",
    field: "--reason",
    message: `must say why in 1 to ${LONGEST_REASON} characters`,
    got: reason.slice(0, 100),
  });
}

/** What says what is measured, and how. */
const NOT_WITH_MERGE = [
  "update",
  "all",
  "changed",
  "shard",
  "blob",
  "capsules",
  "inputsOnly",
  "falseAlarms",
  "seed",
];

function refuseTogether(raw: RawOptions, others: readonly string[], reason: string): void {
  const other = others.find((key) => raw[key] !== undefined);
  if (other === undefined) return;
  throw new InputError({
    code: "invalid-option",
    field: `--${other.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    message: `cannot stand beside ${reason}; leave one of them out`,
    got: raw[other],
  });
}

/** What only a new baseline has would otherwise be ignored in silence. */
const ONLY_WITH_UPDATE = {
  reason: "--reason",
  acceptWorse: "--accept-worse",
  floor: "--floor",
  seeds: "--seeds",
  minutes: "--minutes",
};

function refuseWithoutUpdate(raw: RawOptions): void {
  for (const [key, option] of Object.entries(ONLY_WITH_UPDATE)) {
    if (raw[key] === undefined) continue;
    throw new InputError({
      code: "invalid-option",
      field: option,
      message: "belongs to a new baseline; give --update too, or leave it out",
      got: raw[key],
    });
  }
}
