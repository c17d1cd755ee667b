import { printNumber } from "../../foundation/print/printNumber.ts";
import type { Ladder } from "../../judging/ladder/climbLadder.ts";
import { renderLines } from "./chart/figure.ts";
import { escapeMarkup, renderTable } from "./markup.ts";
import type { Section } from "./page.ts";

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
  const steps = renderLines(
    {
      xName: "examples",
      yName: "steps",
      series: [{ name: "steps", points: rungs.map((rung) => [rung.examples, rung.steps]) }],
    },
    { title: "Steps that each rung took" },
  );
  const sentence = describeEnd({ rungs, needed, verdict, generalises });
  return {
    id: "ladder",
    title: "The ladder",
    body: `<p>${sentence}</p>${table}${steps}${odd.length > 0 ? `<h3>Odd examples</h3><ul>${odd.join("")}</ul>` : ""}`,
  };
}

function describeEnd({ rungs, needed, verdict, generalises }: Omit<Ladder, "findings">): string {
  const last = rungs.at(-1);
  if (last && last.verdict !== "learns") {
    return `At ${last.examples} examples it is ${last.verdict}, and neither width nor depth helped: capacity is not the cause.`;
  }
  const capacity =
    needed.width === 1 && needed.layers === 0
      ? "as wide as it is written"
      : `with ${needed.width} times the width and ${needed.layers} more layers`;
  const split = verdict === "learns" ? "the whole set is learnt" : `the whole set is not learnt (${verdict})`;
  const heldOut = generalises === null ? "" : `, held-out examples are ${generalises ? "" : "not "}predicted`;
  return `Every rung was climbed ${capacity}; ${split}${heldOut}.`;
}
