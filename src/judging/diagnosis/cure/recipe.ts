// One sound recipe, tried whole where no smaller change cures: Adam at a usual rate, standardised inputs and targets, an
// output and a loss that fit the targets, units that pass gradients, no penalties, and enough steps.

import { type Change, changeConfig, type Values } from "../../../learning/config/changeConfig.ts";
import { kindOf } from "../../../learning/config/kinds/kinds.ts";
import { hasOwnLoss, hasOwnOptimizer } from "../../../learning/config/ownDefaults.ts";
import type { Config, LossConfig } from "../../../learning/config/schema.ts";
import type { Loss } from "../../../learning/loss/loss.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import { takesPlaces } from "../../evidence/contract/inputUse.ts";
import { countClassNumbers } from "../../evidence/targets/classNumbers.ts";
import { dropsUnits } from "./dropsUnits.ts";
import { fittingLoss, withoutSame } from "./fittingLoss.ts";
import { hasLayer } from "./hasLayer.ts";
import { startsAsUsual } from "./startsAsUsual.ts";

const ADAM = { name: "adam", learningRate: 0.003 };
/** Steps that are enough for nearly every small network, tried in this order. */
const ENOUGH_STEPS = [1_000, 3_000];
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

/** Returns the config under the sound recipe, first with fewer steps; empty if it follows the recipe already. */
export async function soundRecipes(config: Config): Promise<readonly Change[]> {
  const recipe = await soundRecipe(config);
  const own = config.training.steps;
  const steps = [...new Set(ENOUGH_STEPS.map((enough) => Math.max(own, enough)))];
  return steps.flatMap((some) => changeConfig(config, { ...recipe, "training.steps": some }) ?? []);
}

async function soundRecipe(config: Config): Promise<Values> {
  const kind = kindOf(config);
  const subject = await createSubject(config);
  const { train, loss } = subject;
  const classes = countClassNumbers(train, loss as LossConfig | Loss);
  const recoded = classes === null ? null : kind.classes(classes);
  const fitting = recoded
    ? { ...recoded, ...fittingLoss({ ...train, classification: true, outputs: classes as number }) }
    : fittingLoss(train);
  const fields: readonly Values[] = [
    { "training.optimizer": ADAM },
    // A place in a list has no scale.
    ...((await hasLayer(config, takesPlaces)) ? [] : [kind.scaledInputs]),
    // Class numbers that nothing recodes are not regressed: that would be no cure.
    ...(classes !== null && !recoded ? [] : [withoutSame(fitting, config.training.loss)]),
    ...(fitting["model.outputActivation"] === "linear" && classes === null ? [kind.scaledTargets] : []),
    ...passesGradients(config),
    ...(await drawsAnew(config, subject)),
    { "model.useBias": true },
    ...((await dropsUnits(config)) ? [{ "model.dropout": 0 }] : []),
    { "model.l2": 0 },
    ...(hasOwnLoss(config) ? [{ "rework.ownLoss": false }] : []),
    ...(hasOwnOptimizer(config) ? [{ "rework.ownOptimizer": false }] : []),
    { "training.batchSize": Math.min(config.training.batchSize, USUAL_BATCH) },
  ];
  // A field that this kind of config lacks, or that already has its value, is left out.
  return Object.assign({}, ...fields.map((some) => changeConfig(config, some)?.values ?? {}));
}

/** Other code's weights are drawn anew only where they do not start as usual, since other draws alone are no cure. */
async function drawsAnew(config: Config, subject: Subject): Promise<readonly Values[]> {
  const isOwn = "rework" in config;
  return isOwn && (await startsAsUsual(subject)) ? [] : [{ "model.kernelInitializer": "glorotUniform" }];
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
