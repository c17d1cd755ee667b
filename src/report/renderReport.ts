import type { Config } from "../config/schema.ts";
import type { Finding } from "../diagnosis/finding.ts";
import type { CureSearch } from "../diagnosis/proveCure.ts";
import type { Engine } from "../engine/startEngine.ts";
import type { Check } from "../law/checkLaws.ts";
import { describeVerdict } from "./describeRun.ts";
import { drawLossChart } from "./lossChart.ts";
import { printNumber } from "./printNumber.ts";

/** What a report is made of. */
export interface ReportContent {
  readonly config: Config;
  readonly engine: Engine;
  readonly check: Check;
  /** What keeps it from learning, the likeliest first. */
  readonly findings: readonly Finding[];
  /** What was tried against it. */
  readonly cures: CureSearch;
}

const STYLE = `
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; padding-bottom: .5rem; }
th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid #8886; vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.holds { color: light-dark(#166534, #4ade80); } .broken { color: light-dark(#b91c1c, #f87171); font-weight: 600; }
.scroll { overflow-x: auto; } svg { max-width: 100%; height: auto; }
figure { margin: 0; } code { overflow-wrap: anywhere; }
pre { overflow-x: auto; padding: .8rem; border: 1px solid #8886; border-radius: .4rem; }
`;

/** The report of a check as one HTML page that needs nothing from outside itself. */
export function renderReport({ config, engine, check }: ReportContent): string {
  const { verdict, laws, run } = check;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>learnproof: ${escapeMarkup(verdict)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1 class="${check.holds ? "holds" : "broken"}">${escapeMarkup(describeVerdict(verdict))}</h1>
<p>${escapeMarkup(config.subject)}, seed ${config.seed}, engine ${escapeMarkup(engine.name)}: ${run.steps} steps, mean squared error ${printNumber(run.train.meanSquaredError)}
 against Var(Y) = ${printNumber(run.train.targetVariance)}.</p>
<h2>Laws</h2>
<div class="scroll"><table>
<thead><tr><th scope="col">Verdict</th><th scope="col">Claim</th><th scope="col" class="number">Measured</th><th scope="col" class="number">Must be</th></tr></thead>
<tbody>
${laws.map(renderLaw).join("\n")}
</tbody></table></div>
<h2>Loss</h2>
<figure role="img" aria-label="Loss of each training step against Var(Y)">${drawLossChart(run)}
<figcaption>Loss of each step. A model that predicts a constant can do no better than the dashed line.</figcaption></figure>
<h2>Replay</h2>
<p>The same config, seed and engine give the same bits. Save this as <code>config.json</code> and run
<code>npx learnproof train config.json --engine ${escapeMarkup(engine.name)}</code>; the digest is <code>${escapeMarkup(run.digest)}</code>.</p>
<pre>${escapeMarkup(JSON.stringify(config, null, 2))}</pre>
</main>
</body>
</html>
`;
}

function renderLaw({
  name,
  claim,
  holds,
  measured,
  threshold,
  bound,
  detail,
}: Check["laws"][number]): string {
  const mark = holds ? '<td class="holds">holds</td>' : '<td class="broken">broken</td>';
  return `<tr>${mark}<td><strong>${escapeMarkup(name)}</strong>: ${escapeMarkup(claim)}<br><small>${escapeMarkup(detail)}</small></td><td class="number">${printNumber(measured)}</td><td class="number">${escapeMarkup(bound)} ${printNumber(threshold)}</td></tr>`;
}

const ESCAPES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] as string);
}
