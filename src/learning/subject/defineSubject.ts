import type { z } from "zod";
import { InputError } from "../../foundation/input/inputError.ts";
import type { MeasureName } from "../config/measureNames.ts";
import { checkName, registerSubject } from "../config/ownDefaults.ts";
import type { Settings } from "../config/ownSchema.ts";
import { parseConfig } from "../config/parseConfig.ts";
import type { rework } from "../config/reworkSchema.ts";
import type { OwnConfig, ThresholdsInput, TrainingInput, Written } from "../config/schema.ts";
import { readMeasures } from "../measure/readMeasure.ts";
import type { ByOutput } from "./own/byOutput.ts";
import { readQuestions } from "./own/drawAsked.ts";
import { type ReadLoss, type ReadLosses, readRecipe } from "./own/recipe.ts";
import { countsOf, defaultCounts, readSource } from "./own/source.ts";
import type { AnySettings, SubjectDefinition } from "./subjectDefinition.ts";

/** A subject that configs, matchers and the command line know by its name. */
export interface DefinedSubject {
  readonly name: string;
  /**
   * Returns the subject's config, with every default filled in.
   *
   * @param changes fields as in a config file, such as `{ training: { steps: 100 } }`.
   * @throws {InputError} for a change that breaks a rule.
   */
  config(changes?: OwnConfigInput): OwnConfig;
}

/** The fields that a config of the project's own subject may have beside its name. */
export interface OwnConfigInput {
  readonly seed?: number;
  /** Settings of the model. */
  readonly model?: Settings;
  /** Settings of the examples. */
  readonly data?: Settings;
  /** Changes made to the model after its own code has built it. */
  readonly rework?: Written<z.input<typeof rework>>;
  readonly training?: TrainingInput;
  readonly thresholds?: ThresholdsInput;
  readonly meant?: readonly string[];
  /** The name of the error that the verdict judges; it replaces the definition's. */
  readonly errorMeasure?: MeasureName;
}

/**
 * Registers a project's own subject, so that a config may name it as `{"subject": "own", "name": …}`. A later
 * definition of the same name replaces an earlier one.
 *
 * @throws {InputError} for a part of the definition that breaks a rule.
 */
export function defineSubject<Model extends AnySettings, Data extends AnySettings>(
  definition: SubjectDefinition<Model, Data>,
): DefinedSubject {
  refuseNoDefinition(definition);
  const { name, buildModel, keepWeights = false, variational = false, thresholds = {}, meant } = definition;
  const { loss, losses, lossWeights, optimizer, training, isSparse } = readRecipe(definition);
  const { named, own: errorMeasures } = readMeasures(definition.errorMeasure);
  const { classification: classes, classWeight = null } = definition;
  const examples = readSource(definition.examples as SubjectDefinition["examples"]);
  const available = countsOf(examples);
  registerSubject({
    name,
    model: definition.model ?? {},
    data: {
      ...defaultCounts(definition.examples, available),
      ...definition.data,
      classification: areAllClasses(classes, losses, isSparse),
    },
    available,
    training,
    thresholds,
    ...(meant && { meant }),
    ...(named && { errorMeasure: named }),
    definition: {
      // The cast is safe because the settings are checked against their defaults before the function is called.
      buildModel: buildModel as unknown as SubjectDefinition["buildModel"],
      keepWeights,
      variational,
      examples,
      asked: readQuestions(definition.asked ?? []),
      loss,
      losses,
      lossWeights,
      classWeight,
      classes,
      isSparse,
      optimizer,
      idleBecause: definition.idleBecause,
      movesBecause: definition.movesBecause,
      classesBecause: definition.classesBecause,
      gaps: definition.gaps,
      order: definition.order,
      programExamples: definition.programExamples,
      held: definition.held,
      errorMeasures,
    },
  });
  return {
    name,
    config: (changes = {}) => parseConfig({ ...changes, subject: "own", name }) as OwnConfig,
  };
}

/** Whether every output is classes, as far as the definition tells. */
function areAllClasses(
  classes: boolean | ByOutput<boolean> | undefined,
  losses: ReadLosses | null,
  isSparse: boolean,
): boolean {
  if (typeof classes === "boolean") return classes;
  if (classes !== undefined) return Object.values(classes).every((isClass) => isClass === true);
  return losses === null ? isSparse : Object.values(losses).every((loss: ReadLoss) => loss.isSparse);
}

function refuseNoDefinition(definition: unknown): void {
  if (typeof definition !== "object" || definition === null)
    throw new InputError({
      code: "invalid-value",
      field: "defineSubject",
      message: "must be given a definition; give { name, buildModel, examples }",
      got: definition,
    });
  const { name, buildModel, keepWeights } = definition as Partial<SubjectDefinition>;
  checkName(name);
  if (typeof buildModel !== "function")
    throw new InputError({
      code: "invalid-value",
      field: `subject ${name}`,
      message: "must have a function buildModel that returns a model of TensorFlow.js; add it",
      got: buildModel,
    });
  const areNames = Array.isArray(keepWeights) && keepWeights.every((layer) => typeof layer === "string");
  if (keepWeights !== undefined && typeof keepWeights !== "boolean" && !areNames)
    throw new InputError({
      code: "invalid-value",
      field: "keepWeights",
      message: "must be true, false or the names of layers; correct it",
      got: keepWeights,
    });
}
