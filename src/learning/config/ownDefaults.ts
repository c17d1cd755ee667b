import { InputError } from "../../foundation/input/inputError.ts";
import { didYouMean } from "../../foundation/input/nearest.ts";
import type { HeldFacts } from "../subject/held.ts";
import type { ReadDefinition } from "../subject/subjectDefinition.ts";
import type { MeasureName } from "./measureNames.ts";
import { type Json, NAME_RULE, ownName, type Settings } from "./ownSchema.ts";
import type { Config, ThresholdsInput, TrainingInput } from "./schema.ts";

/** A subject that a project defines, with the defaults for the fields that a config leaves out. */
export interface RegisteredSubject {
  readonly name: string;
  readonly model: Settings;
  readonly data: Settings & { readonly classification: boolean };
  /**
   * The number of training and of held-out examples that exist; null if a function draws as many as a config asks for.
   */
  readonly available: { readonly examples: number; readonly heldOut: number } | null;
  readonly training: TrainingInput;
  readonly thresholds: ThresholdsInput;
  readonly meant?: readonly string[];
  readonly errorMeasure?: MeasureName;
  /** The functions that build its model and give its examples. */
  readonly definition: ReadDefinition;
}

const registered = new Map<string, RegisteredSubject>();

/** Checks the name of a subject. @throws {InputError} if it breaks the rule for names. */
export function checkName(name: unknown): asserts name is string {
  if (!ownName.safeParse(name).success)
    throw new InputError({ code: "invalid-value", field: "name", message: NAME_RULE, got: name });
}

/** Registers a subject, so that configs can name it; a later one of the same name replaces it. */
export function registerSubject(subject: RegisteredSubject): void {
  registered.set(subject.name, subject);
}

/** Subjects as the project's file defined them. */
const fromProject = new WeakSet<RegisteredSubject>();

/** Runs the project's file, and remembers which subjects it defined: another thread can define them by running it too. */
export async function rememberDefined<Result>(run: () => Promise<Result>): Promise<Result> {
  const before = new Set(registered.values());
  const result = await run();
  for (const subject of registered.values()) if (!before.has(subject)) fromProject.add(subject);
  return result;
}

/** Whether the subject of this name is the one that the project's file defined, and no later one of a program. */
export function isFromProject(name: string): boolean {
  const subject = registered.get(name);
  return subject !== undefined && fromProject.has(subject);
}

/** Returns the definition that a config of a project's own subject names. */
export function definitionOf({ name }: { readonly name: string }): ReadDefinition {
  return (registered.get(name) as RegisteredSubject).definition;
}

/** Whether a run uses a custom optimizer of the project, which ignores `training.optimizer`. */
export function hasOwnOptimizer(config: Config): boolean {
  return (
    config.subject === "own" &&
    config.rework.ownOptimizer !== false &&
    definitionOf(config).optimizer !== null
  );
}

/** Whether a run uses a loss of the project's own code, which ignores `training.loss`. */
export function hasOwnLoss(config: Config): boolean {
  return config.subject === "own" && config.rework.ownLoss !== false && definitionOf(config).loss !== null;
}

/** Names that JavaScript gives a function after the field that holds it; they say nothing of it. */
const AFTER_THE_FIELD: readonly string[] = ["", "loss", "own", "optimizer", "anonymous"];

/** Names the function that the project wrote for its loss or optimizer; null where it has no name of its own. */
export function nameOfOwn(config: Config, part: "loss" | "optimizer"): string | null {
  const name = config.subject === "own" ? (definitionOf(config)[part]?.name ?? "") : "";
  return AFTER_THE_FIELD.includes(name) ? null : name;
}

/** What a version of the examples that the subject's program holds is, in words, and the line that would train on it. */
export function heldBy(config: { readonly name: string }, number: number): HeldFacts | null {
  return registered.get(config.name)?.definition.held?.facts[number] ?? null;
}

/** The other versions of its examples that the program behind a subject holds, by the subject's name. */
export function versionsOfSubject(name: string): readonly HeldFacts[] {
  return registered.get(name)?.definition.held?.facts ?? [];
}

/** Names the relative error that judges a config's run: over Var(Y), or over the best constant by its own measure. */
export function nameOfError(config: Config): string {
  const hasOwn = config.subject === "own" && registered.get(config.name)?.definition.errorMeasures;
  return config.errorMeasure || hasOwn ? "error / that of the best constant" : "error / Var(Y)";
}

/** Returns the names of the subjects defined so far, in the order of their definition. */
export function definedNames(): readonly string[] {
  return [...registered.keys()];
}

/**
 * Fills a config of a project's own subject with the defaults of its definition; any other config is returned
 * unchanged.
 */
export function fillFromDefinition(input: object): object {
  const { subject, name } = input as { subject?: unknown; name?: unknown };
  if (subject !== "own") return input;
  const defaults = registered.get(name as string);
  if (!defaults) {
    const known = definedNames();
    throw new InputError({
      code: "unknown-subject",
      field: "name",
      message: `must be the name of a subject that learnproof.config.ts or the spec defines${known.length > 0 ? `: ${known.join(", ")}` : ""}${didYouMean(name, known)}; define it with defineSubject`,
      got: name,
    });
  }
  const filled: Record<string, unknown> = { ...input };
  for (const part of ["model", "data", "training", "thresholds"] as const)
    filled[part] = merge(defaults[part], filled[part]);
  if (defaults.errorMeasure && filled.errorMeasure === undefined) filled.errorMeasure = defaults.errorMeasure;
  if (defaults.meant && filled.meant === undefined) filled.meant = defaults.meant;
  return filled;
}

/**
 * Overlays the written fields on the defaults, one level deep: a written loss or optimizer replaces the default one
 * entirely, and `steps` replaces `epochs` or the reverse.
 */
function merge(defaults: object, written: unknown): unknown {
  if (written === undefined) return defaults;
  if (!isRecord(written)) return written;
  const kept: Record<string, unknown> = { ...defaults };
  if ("steps" in written) delete kept.epochs;
  if ("epochs" in written) delete kept.steps;
  return { ...kept, ...written };
}

/** Fields of `data` that say how examples are prepared, and are no settings of the subject's own code. */
const PREPARED: ReadonlySet<string> = new Set([
  "standardiseInputs",
  "standardiseTargets",
  "unitInputs",
  "unitTargets",
  "classNumbers",
  "resplit",
  "fitTargets",
  "targetShape",
  "classes",
  "oneHot",
  "withoutInputs",
  "delayInput",
  "withoutWeights",
  "readInputs",
  "shiftTargets",
  "heldOutClasses",
  "matchHeldOut",
  "prepareHeldOut",
  "prepareAsked",
  "evenClasses",
  "turnLabels",
  "exchangeTargets",
  "withoutMarked",
  "fillGaps",
  "asHeld",
  "asChanges",
]);

/**
 * Checks a config against its subject's definition. @throws {InputError} for a setting that the definition lacks, or
 * whose type differs from the definition's.
 */
export function checkOwnConfig(config: {
  name: string;
  model: Settings;
  data: Settings & { examples: number; heldOut: number };
}): void {
  const { model, data, available } = registered.get(config.name) as RegisteredSubject;
  checkSettings("model", config.model, model);
  const { examples, heldOut, ...rest } = config.data;
  const own = Object.fromEntries(Object.entries(rest).filter(([key]) => !PREPARED.has(key))) as Settings;
  checkSettings("data", own, data);
  if (own.classification !== data.classification)
    throw new InputError({
      code: "conflict",
      field: "data.classification",
      message: `must be ${data.classification}, as the subject's definition has it; leave it out`,
      got: own.classification,
    });
  for (const field of ["examples", "heldOut"] as const) {
    if (available && config.data[field] > available[field])
      throw new InputError({
        code: "out-of-range",
        field: `data.${field}`,
        message: `must be at most ${available[field]}, as many as the subject's definition gives; lower it`,
        got: config.data[field],
      });
  }
}

function checkSettings(part: string, settings: Settings, defaults: Settings): void {
  for (const [key, value] of Object.entries(settings)) {
    const field = `${part}.${key}`;
    const fallback = defaults[key];
    if (fallback === undefined)
      throw new InputError({
        code: "unknown-key",
        field,
        message: `is no setting of this subject${didYouMean(key, Object.keys(defaults))}${Object.keys(defaults).length > 0 ? `, whose are ${Object.keys(defaults).join(", ")}` : ""}; remove it, or add it to the definition`,
        got: value,
      });
    if (fallback !== null && kindOf(value) !== kindOf(fallback))
      throw new InputError({
        code: "invalid-value",
        field,
        message: `must be ${kindOf(fallback)}, as in the subject's definition; correct it`,
        got: value,
      });
  }
}

function kindOf(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
