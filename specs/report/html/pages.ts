// Pages of real runs, as small as they may be: of pictures with a cure, a table, an own classifier of pictures, a
// healthy run, a diverged one, and runs side by side.

import { layers, sequential } from "@tensorflow/tfjs-layers";
import { runCheck } from "../../../src/judging/check/check.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import type { Config } from "../../../src/learning/config/schema.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { renderCards } from "../../../src/report/html/renderCards.ts";
import { renderComparison } from "../../../src/report/html/renderComparison.ts";
import { renderReport } from "../../../src/report/html/renderReport.ts";
import { portrayRun } from "../../../src/report/html/runCard.ts";

export const pageNames = [
  "pictures",
  "table",
  "classifier",
  "healthy",
  "diverged",
  "comparison",
  "cards",
] as const;

export type PageName = (typeof pageNames)[number];

const boxes = parseConfig({
  seed: 4,
  model: { imageSize: 16, channels: 1, filters: [4, 8], hiddenUnits: [8] },
  data: { examples: 32, heldOut: 16, boxSize: 4 },
  training: { steps: 60, optimizer: { name: "adam", learningRate: 0.1 } },
});

const houses = parseConfig({
  subject: "table",
  data: { file: "fixtures/tables/houses.csv", targets: ["price"], inputs: ["rooms", "age", "garden"] },
  training: { steps: 40 },
});

const line = parseConfig({
  subject: "dense",
  model: { inputs: 2, hidden: [{ units: 8, activation: "relu" }], outputs: 1 },
  data: { examples: 64, heldOut: 32, formula: ["x0 * x1"] },
  training: { steps: 300 },
});

const rising = parseConfig({
  ...line,
  data: { ...line.data, formula: ["1000 * x0"] },
  training: { ...line.training, optimizer: { name: "sgd", learningRate: 10 } },
});

const SIDE = 10;

/** Stripes that lie or stand. */
function drawStripes(count: number) {
  const stripe = (kind: number) => (row: number) =>
    Array.from({ length: SIDE }, (_, column) => [(kind === 0 ? row : column) % 4 < 2 ? 200 : 20]);
  const kinds = Array.from({ length: count }, (_, index) => index % 2);
  return {
    inputs: kinds.map((kind) => Array.from({ length: SIDE }, (_, row) => stripe(kind)(row))),
    targets: kinds.map((kind) => [1 - kind, kind]),
  };
}

function stripes(): Config {
  return defineSubject({
    name: "stripes",
    classification: true,
    loss: "categoricalCrossentropy",
    examples: { train: drawStripes(24), heldOut: drawStripes(8) },
    buildModel: () =>
      sequential({
        layers: [
          layers.flatten({ inputShape: [SIDE, SIDE, 1] }),
          layers.dense({ units: 8, activation: "relu" }),
          layers.dense({ units: 2, activation: "softmax" }),
        ],
      }),
    training: { steps: 30, batchSize: 8, optimizer: { name: "adam", learningRate: 1 } },
  }).config();
}

/** Renders every page. */
export async function renderPages(): Promise<Record<PageName, string>> {
  const commit = { id: "a1b2c3d", date: "2026-11-26", changed: true };
  const checks = new Map<Config, ReturnType<typeof runCheck>>();
  /** A config stands on several pages, and is checked once. */
  const check = (config: Config) => {
    const checked = checks.get(config) ?? runCheck(config, { engine: "wasm" });
    checks.set(config, checked);
    return checked;
  };
  const page = async (name: string, config: Config) =>
    renderReport({ ...(await check(config)), source: { file: `${name}.json`, commit } });
  const runs = [];
  for (const [name, config] of Object.entries({ broken: boxes, rising })) {
    const { examination, subject } = await check(config);
    runs.push({ ...examination, name, subject, config });
  }
  const cards = runs.map(({ name, subject, ...examination }) => ({
    title: name,
    isWell: false,
    lines: ["expected to learn"],
    run: portrayRun(subject, examination),
    cause: examination.findings.map(({ cause, evidence }) => ({ name: cause, evidence }))[0] ?? null,
    cure: null,
    cured: portrayRun(subject, examination),
  }));
  return {
    cards: renderCards({ headline: "Two runs", lead: "Both fail.", about: ["vitest"] }, [
      { title: "one", cards },
      { title: "two", cards },
    ]),
    pictures: await page("boxes", boxes),
    table: await page("houses", houses),
    classifier: await page("stripes", stripes()),
    healthy: await page("line", line),
    diverged: await page("rising", rising),
    comparison: renderComparison(runs, commit),
  };
}
