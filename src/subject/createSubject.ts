import type { Config } from "../config/schema.ts";
import { buildBoxNetwork } from "./boxNetwork.ts";
import { drawBoxPictures } from "./boxPictures.ts";
import type { Subject } from "./subject.ts";

/** The subject that a config describes, with its examples drawn. */
export function createSubject(config: Config): Subject {
  return {
    name: config.subject,
    seed: config.seed,
    train: drawBoxPictures(config, "train"),
    heldOut: config.data.heldOut > 0 ? drawBoxPictures(config, "heldOut") : null,
    ...config.training,
    buildModel: (seed) => buildBoxNetwork(config.model, seed),
  };
}
