// One sound recipe, tried whole where no smaller change cures: Adam at a usual rate, standardised inputs and targets, an
// output and a loss that fit the targets, units that pass gradients, no penalties, and enough steps.

import { type Change, changeConfig, type Values } from "../../../learning/config/changeConfig.ts";
import { kindOf } from "../../../learning/config/kinds/kinds.ts";
import { hasOwnLoss, hasOwnOptimizer } from "../../../learning/config/ownDefaults.ts";
import type { Config } from "../../../learning/config/schema.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import { fittingLoss } from "./fittingLoss.ts";

const ADAM = { name: "adam", learningRate: 0.003 };
const ENOUGH_STEPS = 3_000;
const USUAL_BATCH = 32;

/** The fields of the recipe in the order in which they are taken back: first what costs the most. */
const TAKEN_BACK = [
  "training.steps",
  "training.batchSize",
  "model.dropout",
  "model.l2",
  "model.useBias",
  "model.kernelInitializer",
  "model.activation",
  "model.hidden",
];

/** Tells which field of the recipe is taken back before which. */
export function placeInRecipe(path: string): number {
  const place = TAKEN_BACK.indexOf(path.replace(/^rework\./, "model."));
  return place < 0 ? TAKEN_BACK.length : place;
}

/** Returns the config under the sound recipe; null if it follows the recipe already. */
export async function soundRecipe(config: Config): Promise<Change | null> {
  const kind = kindOf(config);
  const { train } = await createSubject(config);
  const fitting = fittingLoss(train);
  const fields: readonly Values[] = [
    { "training.optimizer": ADAM },
    kind.scaledInputs,
    fitting,
    ...(fitting["model.outputActivation"] === "linear" ? [kind.scaledTargets] : []),
    ...passesGradients(config),
    { "model.kernelInitializer": "glorotUniform" },
    { "model.useBias": true },
    { "model.dropout": 0 },
    { "model.l2": 0 },
    ...(hasOwnLoss(config) ? [{ "rework.ownLoss": false }] : []),
    ...(hasOwnOptimizer(config) ? [{ "rework.ownOptimizer": false }] : []),
    { "training.batchSize": Math.min(config.training.batchSize, USUAL_BATCH) },
    { "training.steps": Math.max(config.training.steps, ENOUGH_STEPS) },
  ];
  // A field that this kind of config lacks, or that already has its value, is left out.
  const values = Object.assign({}, ...fields.map((some) => changeConfig(config, some)?.values ?? {}));
  return changeConfig(config, values);
}

/** Gives relu to hidden layers whose activation is bounded or linear; others pass gradients as they are. */
function passesGradients(config: Config): readonly Values[] {
  const { model } = config;
  const activations =
    "hidden" in model && Array.isArray(model.hidden)
      ? (model.hidden as readonly { activation: string }[]).map(({ activation }) => activation)
      : "activation" in model
        ? [model.activation]
        : null;
  const passing = activations?.every((activation) => /relu|elu/i.test(String(activation))) ?? false;
  return passing ? [] : [kindOf(config).activate(config, "relu")];
}
