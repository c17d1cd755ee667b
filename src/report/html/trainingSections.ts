import { printNumber } from "../../foundation/print/printNumber.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
import { escapeMarkup, renderFolded, renderTable } from "./markup.ts";

const MAX_OUTPUTS = 12;

/** The layers at the end of training, as a table; empty for a run without a survey. */
export function renderLayers({ survey }: TrainingRun): string {
  const layers = survey?.layers ?? [];
  if (layers.length === 0) return "";
  return renderTable(
    "Layers at the end of training",
    ["layer", "#units", "#moved", "#gradient", "#constant units", "#saturated units"],
    layers.map(({ layer, units, moved, gradientNorm, constant, saturated }) => [
      escapeMarkup(layer),
      String(units),
      printNumber(moved),
      printNumber(gradientNorm),
      `${printNumber(100 * constant)} %`,
      saturated === null ? "–" : `${printNumber(100 * saturated)} %`,
    ]),
  );
}

/** The variance ratio and the error of each output, folded; empty for one output. */
export function renderOutputs({ train }: TrainingRun): string {
  const { varianceRatios, errorOverVariances } = train;
  if (varianceRatios.length < 2) return "";
  const rows = varianceRatios.map((ratio, output) => [
    String(output),
    printNumber(ratio),
    printNumber(errorOverVariances[output] ?? null),
  ]);
  const rest =
    rows.length > MAX_OUTPUTS ? `<p class="note">${MAX_OUTPUTS} of ${rows.length} are shown.</p>` : "";
  return renderFolded(
    `Each of ${rows.length} outputs`,
    renderTable("Outputs", ["output", "#Var(Ŷ) / Var(Y)", "#error / Var(Y)"], rows.slice(0, MAX_OUTPUTS)) +
      rest,
  );
}
