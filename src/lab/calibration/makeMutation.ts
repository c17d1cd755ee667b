// What the lists of mutations are made of.

import { InputError } from "../../foundation/input/inputError.ts";
import type { CauseName } from "../../judging/diagnosis/causes.ts";
import { parseConfig } from "../../learning/config/parseConfig.ts";
import type { BuiltInConfig, OwnConfig } from "../../learning/config/schema.ts";
import { createSubject } from "../../learning/subject/createSubject.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import type { CalibrationConfig, Mutation } from "./mutation.ts";
import { isSequence, type SequenceModel } from "./recurrent/sequenceSubjects.ts";

/** Causes that are correct where steps are too large. */
export const STEPS_TOO_LARGE: readonly CauseName[] = [
  "learning-rate-too-high",
  "dead-relu-units",
  "exploding-gradients",
  "saturated-units",
  "saturated-outputs",
];
/** Causes that are correct where steps are too small or too few. */
export const STEPS_TOO_SMALL: readonly CauseName[] = ["learning-rate-too-low", "too-few-steps"];

type Fields = Readonly<Record<string, unknown>> | null;

/** Changes fields of the training; null where the mutation does not apply. */
export function recipe(
  name: string,
  causes: readonly CauseName[],
  change: (config: CalibrationConfig) => Fields,
): Mutation {
  return onConfig(name, causes, (config) => merge(config, "training", change(config)));
}

/** Changes fields of the model of a network of learnproof's own. */
export function model(
  name: string,
  causes: readonly CauseName[],
  change: (config: BuiltInConfig) => Fields,
): Mutation {
  return onConfig(name, causes, (config) =>
    config.subject === "own" ? null : merge(config, "model", change(config)),
  );
}

/** Changes fields of the model of a recurrent network. */
export function sequence(
  name: string,
  causes: readonly CauseName[],
  change: (model: SequenceModel, config: OwnConfig) => Fields,
): Mutation {
  return onConfig(name, causes, (config) =>
    config.subject === "own" && isSequence(config)
      ? merge(config, "model", change(config.model as SequenceModel, config))
      : null,
  );
}

/** Changes how the examples of a recurrent network are drawn. */
export function sequenceData(name: string, causes: readonly CauseName[], fields: Fields): Mutation {
  return onConfig(name, causes, (config) =>
    config.subject === "own" && isSequence(config) ? merge(config, "data", fields) : null,
  );
}

/** Replaces the activation of every hidden layer. */
export function activation(name: string, causes: readonly CauseName[], other: string): Mutation {
  return model(name, causes, (config) =>
    config.subject === "dense"
      ? { hidden: config.model.hidden.map((layer) => ({ ...layer, activation: other })) }
      : { activation: other },
  );
}

function merge(config: CalibrationConfig, part: "model" | "data" | "training", fields: Fields): unknown {
  return fields && { ...config, [part]: { ...config[part], ...fields } };
}

function onConfig(
  name: string,
  causes: readonly CauseName[],
  change: (config: CalibrationConfig) => unknown,
): Mutation {
  return {
    name,
    causes,
    isSilent: false,
    async mutate(config) {
      const changed = change(config);
      if (changed === null) return null;
      try {
        return await createSubject(parseConfig(changed));
      } catch (error) {
        // A mutated config that is refused does not count as a mutant.
        if (error instanceof InputError) return null;
        throw error;
      }
    },
  };
}

/** Changes the subject itself: its data, its loss, its gradients. */
export function fault(
  name: string,
  causes: readonly CauseName[],
  change: (subject: Subject) => Subject | null,
  isSilent = false,
): Mutation {
  return { name, causes, isSilent, mutate: async (config) => change(await createSubject(config)) };
}

/** Changes the inputs as numbers; it does not apply to numbers of words, which have no scale. */
export function faultOfInputs(
  name: string,
  causes: readonly CauseName[],
  change: (subject: Subject) => Subject | null,
): Mutation {
  return fault(name, causes, (subject) => (areWords(subject) ? null : change(subject)));
}

function areWords({ train: { inputs } }: Subject): boolean {
  return inputs.every((value) => Number.isInteger(value) && value >= 0) && inputs.some((value) => value > 1);
}

/** A fault that leaves every number healthy and must be caught all the same. */
export function silent(
  name: string,
  causes: readonly CauseName[],
  change: (subject: Subject) => Subject | null,
): Mutation {
  return fault(name, causes, change, true);
}

/** Multiplies the learning rate. */
export function rate({ optimizer }: CalibrationConfig["training"], factor: number): Fields {
  return { optimizer: { ...optimizer, learningRate: optimizer.learningRate * factor } };
}

/** Whether the loss takes probabilities. */
export function isCrossentropy({ loss }: CalibrationConfig["training"]): boolean {
  return loss.name.endsWith("Crossentropy");
}
