import type { Config } from "../config/schema.ts";
import { buildBoxNetwork } from "./boxNetwork.ts";
import { drawBoxPictures } from "./boxPictures.ts";
import { buildDenseNetwork } from "./denseNetwork.ts";
import type { ExampleSet, Examples } from "./examples.ts";
import { drawFormulaExamples } from "./formulaExamples.ts";
import type { Subject } from "./subject.ts";

/** The subject that a config describes, with its examples drawn. */
export function createSubject(config: Config): Subject {
  return {
    name: config.subject,
    seed: config.seed,
    train: drawExamples(config, "train"),
    heldOut: config.data.heldOut > 0 ? drawExamples(config, "heldOut") : null,
    ...config.training,
    buildModel: (seed) =>
      config.subject === "dense"
        ? buildDenseNetwork(config.model, seed)
        : buildBoxNetwork(config.model, seed),
  };
}

function drawExamples(config: Config, set: ExampleSet): Examples {
  return config.subject === "dense" ? drawFormulaExamples(config, set) : drawBoxPictures(config, set);
}
