import type { Ladder } from "../ladder/climbLadder.ts";
import { drawLines } from "./chart.ts";
import { escapeMarkup, renderFigure, renderTable, type Section } from "./page.ts";
import { printNumber } from "./printNumber.ts";

/** The ladder as a section: its rungs, the capacity they took, and the examples that look odd. */
export function renderLadder({ rungs, needed, verdict, generalises }: Ladder): Section {
  const table = renderTable(
    "Rungs",
    ["#examples", "verdict", "#steps", "#loss", "#Var(Ŷ) / Var(Y)", "#width", "#layers"],
    rungs.map(({ examples, verdict: of, steps, loss, varianceRatio, width, layers }) => [
      String(examples),
      `<span class="${of === "learns" ? "holds" : "broken"}">${of}</span>`,
      String(steps),
      printNumber(loss),
      printNumber(varianceRatio),
      `× ${width}`,
      `+ ${layers}`,
    ]),
  );
  const odd = rungs
    .flatMap((rung) => rung.odd)
    .map(({ example, reason }) => `<li>example ${example}: ${escapeMarkup(reason)}</li>`);
  const steps = renderFigure(
    "Steps that each rung took",
    drawLines({
      xName: "examples",
      yName: "steps",
      series: [{ name: "steps", points: rungs.map((rung) => [rung.examples, rung.steps]) }],
      size: { width: 760, height: 240 },
    }),
  );
  const split =
    generalises === null
      ? ""
      : generalises
        ? ", and held-out examples are predicted"
        : ", but held-out examples are not predicted";
  const sentence = `After the rungs the whole set ${verdict === "learns" ? "is learnt" : `was not learnt: ${verdict}`}${split}. Capacity needed: ${needed.width} times the width, ${needed.layers} more layers.`;
  return {
    id: "ladder",
    title: "The ladder",
    body: `<p>${sentence}</p>${table}${steps}${odd.length > 0 ? `<h3>Odd examples</h3><ul>${odd.join("")}</ul>` : ""}`,
  };
}
