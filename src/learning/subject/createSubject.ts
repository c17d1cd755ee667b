import type { BoxConfig, Config, DenseConfig, OwnConfig } from "../config/schema.ts";
import { buildBoxNetwork } from "./boxNetwork.ts";
import { drawBoxPictures } from "./boxPictures.ts";
import { buildDenseNetwork } from "./denseNetwork.ts";
import type { ExampleSet, Examples } from "./examples.ts";
import { drawFormulaExamples } from "./formulaExamples.ts";
import { createOwnSubject } from "./ownSubject.ts";
import type { Subject } from "./subject.ts";
import { createSavedModelSubject, createTableSubject } from "./tableSubject.ts";

/**
 * The subject that a config describes, with its examples drawn.
 *
 * @returns the subject; a promise of it where a project's own code gives its examples later. Await it in either case.
 * @throws {InputError} for examples that a file or a definition gives and that break a rule.
 */
export function createSubject(config: Exclude<Config, OwnConfig>): Subject;
export function createSubject(config: Config): Subject | Promise<Subject>;
export function createSubject(config: Config): Subject | Promise<Subject> {
  switch (config.subject) {
    case "box-regression":
      return describe(
        config,
        (set) => drawBoxPictures(config, set),
        (seed) => buildBoxNetwork(config.model, seed),
      );
    case "dense":
      return describe(
        config,
        (set) => drawFormulaExamples(config, set),
        (seed) => buildDenseNetwork(config.model, seed),
      );
    case "table":
      return createTableSubject(config);
    case "saved-model":
      return createSavedModelSubject(config);
    case "own":
      return createOwnSubject(config);
  }
}

function describe(
  config: BoxConfig | DenseConfig,
  examples: (set: ExampleSet) => Examples,
  buildModel: Subject["buildModel"],
): Subject {
  return {
    name: config.subject,
    seed: config.seed,
    train: examples("train"),
    heldOut: config.data.heldOut > 0 ? examples("heldOut") : null,
    ...config.training,
    buildModel,
  };
}
