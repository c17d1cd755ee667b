import { counted } from "../../foundation/print/counted.ts";
import type { WhatName } from "../../judging/check/what/whatKind.ts";
import type { CureSearch } from "../../judging/diagnosis/cure/attempt.ts";
import type { Examination } from "../../judging/examine.ts";
import type { Ladder } from "../../judging/ladder/climbLadder.ts";
import type { Config } from "../../learning/config/schema.ts";
import type { Engine } from "../../learning/engine/startEngine.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import { renderData } from "./dataSection.ts";
import { renderDiagnosis } from "./diagnosisSection.ts";
import { renderLaws } from "./lawSection.ts";
import { curedRun, renderOverview } from "./overview.ts";
import { renderPage } from "./page.ts";
import { renderPredictions } from "./predictions.ts";
import { renderLadder } from "./renderLadder.ts";
import { renderReplay } from "./replaySection.ts";
import { describeSource, type ReportSource } from "./reportSource.ts";
import { besideCure, renderCharts } from "./runCharts.ts";
import type { ScriptPlaces } from "./scriptPlaces.ts";
import { renderLayers, renderOutputs } from "./trainingSections.ts";

/** The content of a report. */
export interface ReportContent {
  /** Null for a subject that a program made itself. */
  readonly config: Config | null;
  /** What was checked, where a script trains several times. @defaultValue the first training */
  readonly what?: Pick<WhatName, "fit"> | undefined;
  readonly subject: Subject;
  readonly engine: Engine;
  /** The laws, the subject's own run, and what keeps it from learning. */
  readonly examination: Examination;
  /** The cures that were tried. */
  readonly cures: CureSearch;
  /** The ladder, if it was climbed. */
  readonly ladder?: Ladder | undefined;
  /** Where the subject comes from. @defaultValue nothing is known */
  readonly source?: ReportSource | undefined;
  /** The places of causes and cure in a Keras script. @defaultValue the subject is no script */
  readonly script?: ScriptPlaces | undefined;
}

const UNKNOWN: ReportSource = { file: null, commit: null };

/** The report of a check as one HTML page that needs nothing from outside itself. */
export function renderReport(content: ReportContent): string {
  const { config, subject, engine, examination, cures, ladder, source = UNKNOWN, script } = content;
  const { verdict, run } = examination;
  const again = replayCommand(content);
  const judged = { config, subject, run };
  const cured = curedRun(cures);
  const { runs, steps } = besideCure(judged, cured, cured ? "broken" : undefined);
  return renderPage({
    title: `${subject.name}: ${verdict} (learnproof)`,
    about: [
      subject.name,
      ...describeSource(source),
      `seed ${subject.seed}`,
      engine.device === "CPU" ? engine.name : `${engine.name} on ${engine.device}`,
      counted(run.steps, "step"),
    ],
    opening: renderOverview({ ...judged, examination, cures, again, script }),
    sections: [
      renderLaws(examination),
      ...renderDiagnosis(cures, script),
      ...renderData(examination.data),
      {
        id: "training",
        title: "Training",
        body: renderCharts(runs, { steps, threshold: config?.thresholds.varianceRatio ?? DEFAULT_RATIO }),
      },
      { id: "layers", title: "Layers", body: renderLayers(run) + renderOutputs(run) },
      { id: "predictions", title: "Predictions", body: renderPredictions(judged, cured) },
      ...(ladder ? [renderLadder(ladder)] : []),
      renderReplay(config, { engine, digest: run.digest, again }),
    ],
  });
}

/** The collapse threshold of a subject without a config. */
const DEFAULT_RATIO = 0.05;

function replayCommand({ config, engine, source, what: { fit } = {} }: ReportContent): string {
  if (config === null) return "run the same program with the same seed";
  const what = source?.file ?? (config.subject === "own" ? String(config.name) : "config.json");
  const call = fit === undefined ? "" : ` --fit ${fit}`;
  return `npx learnproof train ${what}${call} --seed ${config.seed} --engine ${engine.name}`;
}
