import type { LayersModel } from "@tensorflow/tfjs-layers";
import { InputError } from "../../../foundation/input/inputError.ts";
import { parseConfig } from "../../../learning/config/parseConfig.ts";
import type { Config, ConfigInput, Thresholds } from "../../../learning/config/schema.ts";
import { defineCompiledModel, isLayersModel } from "../../../learning/subject/compiled/compiledModel.ts";
import type { ModelData } from "../../../learning/subject/compiled/modelData.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import type { DefinedSubject } from "../../../learning/subject/defineSubject.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import { nameConfig } from "./configWhat.ts";
import { readWhat } from "./kinds.ts";
import type { LaterTraining, NamedConfig, WhatName, WhatOptions } from "./whatKind.ts";

/** A compiled model of TensorFlow.js beside its data, in one object. */
export interface ModelWithData extends ModelData {
  readonly model: LayersModel;
}

/**
 * The inputs that `check` accepts: what the command line accepts as a text (the path of a config, of a saved model, of
 * a script…, or the name of a subject that learnproof.config defines), a config as an object, a subject that
 * {@link defineSubject} returned or that a program made itself, or a compiled model with its data.
 */
export type What = string | ConfigInput | Config | DefinedSubject | Subject | ModelWithData | NamedConfig;

/** The subject that a check works on, with its config. */
export interface Resolved {
  readonly what: WhatName;
  /** Null for a subject that a program made itself; no changes can be tried on such a subject. */
  readonly config: Config | null;
  readonly subject: Subject;
  readonly thresholds: Thresholds;
  /** A later training of the same script that takes up what this one has learnt. @defaultValue none is known */
  readonly later?: LaterTraining | undefined;
}

/**
 * Creates the subject that is to be checked.
 *
 * @throws {InputError} for a config, a model or data that breaks a rule.
 */
export async function resolveWhat(
  what: What | LayersModel,
  options: { readonly seed?: number | undefined } & WhatOptions & Partial<ModelData> = {},
): Promise<Resolved> {
  if (isSubject(what)) {
    const { thresholds } = parseConfig({});
    const named = { kind: "subject", name: what.name };
    return { what: named, config: null, subject: withSeed(what, options.seed), thresholds };
  }
  const { what: name, later, ...named } = await nameWhat(what, options);
  const config = withSeed(named.config, options.seed);
  const subject = await createSubject(config);
  return { what: name, config, subject, thresholds: config.thresholds, later };
}

async function nameWhat(
  what: Exclude<What, Subject> | LayersModel,
  options: WhatOptions & Partial<ModelData>,
): Promise<NamedConfig> {
  if (typeof what === "string") return readWhat(what, options);
  if (isNamedConfig(what)) return what;
  return nameConfig(await configOf(what, options));
}

async function configOf(
  what: Exclude<What, Subject | string | NamedConfig> | LayersModel,
  options: Partial<ModelData>,
): Promise<Config> {
  if (isLayersModel(what)) return (await defineCompiledModel(what, options)).config();
  if (isModelWithData(what)) return (await defineCompiledModel(what.model, what)).config();
  if (isDefined(what)) return what.config();
  if (typeof what === "object" && what !== null) return parseConfig(what);
  throw new InputError({
    code: "invalid-value",
    field: "check",
    message: "must be given a config, the path of one, a subject, or a compiled model with its data",
    got: what,
  });
}

function isNamedConfig(what: unknown): what is NamedConfig {
  return typeof what === "object" && what !== null && "what" in what && "config" in what;
}

function withSeed<Seeded extends { seed: number }>(of: Seeded, seed: number | undefined): Seeded {
  return seed === undefined ? of : { ...of, seed };
}

/** Whether it is a subject that a program made itself. */
export function isSubject(what: unknown): what is Subject {
  return hasFunction(what, "buildModel") && "train" in what;
}

function isDefined(what: unknown): what is DefinedSubject {
  return hasFunction(what, "config");
}

/** Whether it is an object that carries a compiled model and data. */
export function isModelWithData(what: unknown): what is ModelWithData {
  return typeof what === "object" && what !== null && "model" in what && isLayersModel(what.model);
}

function hasFunction<Key extends string>(what: unknown, key: Key): what is Record<Key, unknown> {
  return (
    typeof what === "object" &&
    what !== null &&
    key in what &&
    typeof (what as Record<string, unknown>)[key] === "function"
  );
}
