import { definitionOf } from "../config/ownDefaults.ts";
import type { BoxConfig, Config, DenseConfig, OwnConfig } from "../config/schema.ts";
import {
  judgeByGoal,
  judgeByLoss,
  judgeByMargin,
  judgeByName,
  judgeByOwn,
  judgeByWeights,
} from "../measure/judgeBy.ts";
import { buildBoxNetwork } from "./boxNetwork.ts";
import { drawBoxPictures } from "./boxPictures.ts";
import { buildDenseNetwork } from "./denseNetwork.ts";
import type { ExampleSet, Examples } from "./examples.ts";
import { drawFormulaExamples } from "./formulaExamples.ts";
import { andThen } from "./own/later.ts";
import { createOwnSubject } from "./ownSubject.ts";
import type { Subject } from "./subject.ts";
import { createSavedModelSubject, createTableSubject } from "./tableSubject.ts";

/**
 * Creates the subject that a config describes, and draws its examples.
 *
 * @returns the subject, or a promise of it if a project's own code gives its examples asynchronously. Await it in
 * either case.
 * @throws {InputError} if examples from a file or a definition break a rule.
 */
export function createSubject(config: Exclude<Config, OwnConfig>): Subject;
export function createSubject(config: Config): Subject | Promise<Subject>;
export function createSubject(config: Config): Subject | Promise<Subject> {
  const { meant, errorMeasure } = config;
  return andThen(createKind(config), (created) => {
    const subject = judgeByLoss(meant === undefined ? created : { ...created, meant });
    if (errorMeasure !== undefined) {
      const byName = judgeByName(subject, errorMeasure);
      const mayWeigh = config.subject === "own" && errorMeasure === "accuracy" && hasOwnLoss(subject);
      return mayWeigh ? judgeByWeights(byName) : byName;
    }
    const own = config.subject === "own" ? definitionOf(config).errorMeasures : null;
    if (own !== null) return judgeByOwn(subject, own);
    const byMargin = judgeByMargin(subject);
    return config.subject === "own" && hasOwnLoss(subject)
      ? judgeByGoal(byMargin).then(judgeByWeights)
      : byMargin;
  });
}

function hasOwnLoss({ loss }: Subject): boolean {
  return (
    typeof loss === "function" || (Array.isArray(loss) && loss.some((one) => typeof one.loss === "function"))
  );
}

function createKind(config: Config): Subject | Promise<Subject> {
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
    ...(config.subject === "box-regression" && { showsBoxes: true }),
    seed: config.seed,
    train: examples("train"),
    heldOut: config.data.heldOut > 0 ? examples("heldOut") : null,
    ...config.training,
    buildModel,
  };
}
