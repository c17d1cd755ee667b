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
import { parseShardOptions, type ShardOptions } from "./shardOptions.ts";

const DEFAULT_BASELINES = "fixtures/baselines";
const DEFAULT_REPORT = "learnproof-gate.md";
const DEFAULT_CACHE = join("node_modules", ".cache", "learnproof");

/** What the command line asks of the gate. */
export interface GateCommandOptions extends CommonOptions, GateOutputOptions, ShardOptions {
  readonly cache: string;
  readonly capsules: string | undefined;
  /** Whether to say what the subjects depend on, and to measure nothing. */
  readonly inputsOnly: boolean;
  /** A commit: only subjects that changed since are measured. */
  readonly changed: string | undefined;
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

/** Where a gate's baselines lie, and what it writes. */
export interface GateOutputOptions {
  /** Folder of the baselines. */
  readonly folder: string;
  readonly report: string;
  /** The file to which a line is appended. */
  readonly history: string | undefined;
  readonly badge: string | undefined;
  readonly sarif: string | undefined;
  readonly junit: string | undefined;
}

/** @throws {InputError} for an option whose value is of the wrong kind. */
export function parseGateOutputs(raw: RawOptions): GateOutputOptions {
  return {
    folder: parseText("--baselines", raw.baselines) ?? DEFAULT_BASELINES,
    report: resolve(parseText("--report", raw.report) ?? DEFAULT_REPORT),
    history: parseText("--history", raw.history),
    badge: parseText("--badge", raw.badge),
    sarif: parseText("--sarif", raw.sarif),
    junit: parseText("--junit", raw.junit),
  };
}

/** @throws {InputError} for an option whose value is of the wrong kind, or that needs another one. */
export function parseGateOptions(raw: RawOptions): GateCommandOptions {
  const options = {
    ...parseCommonOptions(raw),
    ...parseGateOutputs(raw),
    ...parseShardOptions(raw),
    cache: resolve(parseText("--cache", raw.cache) ?? DEFAULT_CACHE),
    capsules: parseText("--capsules", raw.capsules),
    inputsOnly: raw.inputsOnly === true,
    changed: parseText("--changed", raw.changed),
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
  if (options.blob !== undefined) refuseUpdate(raw);
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

function refuseUpdate({ update }: RawOptions): void {
  if (update === undefined) return;
  throw new InputError({
    code: "invalid-option",
    field: "--update",
    message: "cannot stand beside --blob, which compares; leave one of them out",
    got: update,
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
