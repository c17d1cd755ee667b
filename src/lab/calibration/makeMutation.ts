// What the lists of mutations are made of.

import { InputError } from "../../foundation/input/inputError.ts";
import type { CauseName } from "../../judging/diagnosis/causes.ts";
import { parseConfig } from "../../learning/config/parseConfig.ts";
import type { BuiltInConfig } from "../../learning/config/schema.ts";
import { createSubject } from "../../learning/subject/createSubject.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import type { Mutation } from "./mutation.ts";

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
  change: (config: BuiltInConfig) => Fields,
): Mutation {
  return onConfig(name, causes, (config) => merge(config, "training", change(config)));
}

/** Changes fields of the model. */
export function model(
  name: string,
  causes: readonly CauseName[],
  change: (config: BuiltInConfig) => Fields,
): Mutation {
  return onConfig(name, causes, (config) => merge(config, "model", change(config)));
}

/** Replaces the activation of every hidden layer. */
export function activation(name: string, causes: readonly CauseName[], other: string): Mutation {
  return model(name, causes, (config) =>
    config.subject === "dense"
      ? { hidden: config.model.hidden.map((layer) => ({ ...layer, activation: other })) }
      : { activation: other },
  );
}

function merge(config: BuiltInConfig, part: "model" | "training", fields: Fields): unknown {
  return fields && { ...config, [part]: { ...config[part], ...fields } };
}

function onConfig(
  name: string,
  causes: readonly CauseName[],
  change: (config: BuiltInConfig) => unknown,
): Mutation {
  return {
    name,
    causes,
    isSilent: false,
    mutate(config) {
      const changed = change(config);
      if (changed === null) return null;
      try {
        return createSubject(parseConfig(changed) as BuiltInConfig);
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
  return { name, causes, isSilent, mutate: (config) => change(createSubject(config as BuiltInConfig)) };
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
export function rate({ optimizer }: BuiltInConfig["training"], factor: number): Fields {
  return { optimizer: { ...optimizer, learningRate: optimizer.learningRate * factor } };
}

/** Whether the loss takes probabilities. */
export function isCrossentropy({ loss }: BuiltInConfig["training"]): boolean {
  return loss.name.endsWith("Crossentropy");
}
