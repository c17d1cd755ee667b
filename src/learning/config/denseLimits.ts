import { InputError } from "../../foundation/input/inputError.ts";
import { parseFormula } from "../../foundation/numbers/formula.ts";
import { checkMemory, type Footprint } from "./memory.ts";
import type { DenseConfig, DenseModelConfig } from "./schema.ts";

/**
 * Checks the rules that relate the fields of a dense config to each other.
 *
 * @throws {InputError} naming the field to change.
 */
export function checkDenseConfig(config: DenseConfig): void {
  checkFormulas(config);
  const { model } = config;
  checkMemory(config, model.inputs + model.outputs, denseFootprint(model));
}

function checkFormulas({ model, data }: DenseConfig): void {
  const { formula, classification } = data;
  if (formula.length !== model.outputs && !(classification && formula.length === 1)) {
    throw new InputError({
      code: "conflict",
      field: "data.formula",
      message: `must hold one formula for each of the model's ${model.outputs} outputs${classification ? ", or a single one that gives the number of the class" : ""}; add or remove some, or change model.outputs`,
      got: formula,
    });
  }
  formula.forEach((text, index) => {
    try {
      parseFormula(text, model.inputs);
    } catch (error) {
      throw new InputError({
        code: "invalid-formula",
        field: `data.formula[${index}]`,
        message: `must be a formula such as "x0 * x0 + sin(x1)": ${(error as Error).message}; correct it`,
        got: text,
      });
    }
  });
}

/** Computes the properties of a fully connected network that determine its memory. */
export function denseFootprint(model: DenseModelConfig): Footprint {
  const widths = [model.inputs, ...model.hidden.map(({ units }) => units), model.outputs];
  const weights = widths
    .slice(1)
    .reduce((sum, units, layer) => sum + ((widths[layer] as number) + 1) * units, 0);
  return {
    weights,
    activations: widths.reduce((sum, units) => sum + units, 0),
    nonlinear: model.hidden.some(({ activation }) => activation !== "relu" && activation !== "linear"),
    batchNorm: model.batchNorm,
    penalised: model.l2 > 0,
    widthField: "model.hidden",
    width: model.hidden,
  };
}
