// What a run predicts, beside what is true, and beside what the run with the cure predicts.

import { printNumber } from "../../foundation/print/printNumber.ts";
import { spreadOf } from "../../judging/evidence/spread.ts";
import type { Config } from "../../learning/config/schema.ts";
import { targetParts } from "../../learning/subject/parts.ts";
import { sampleExamples } from "../../learning/subject/sample.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import type { Evaluation } from "../../learning/training/evaluation.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
import { renderDots } from "./chart/figure.ts";
import type { Point } from "./chart/series.ts";
import { escapeMarkup, renderTable } from "./markup.ts";
import { answerOf, drawPictures, renderPictures, type Shown, showsBoxes, truthOf } from "./pictures.ts";

/** A subject with its run. */
export interface JudgedRun {
  /** Null for a subject that a program made itself. */
  readonly config: Config | null;
  readonly subject: Subject;
  readonly run: TrainingRun;
}

/** Held-out examples where there are some, else those that the run was judged on. */
function judgedExamples({ config, subject, run }: JudgedRun): Shown {
  return subject.heldOut && run.heldOut
    ? { config, examples: subject.heldOut, predictions: run.heldOut.predictions }
    : {
        config,
        examples: sampleExamples(subject.train, subject.seed),
        predictions: run.train.predictions,
      };
}

/** Whether two runs predict the same things: a cure may have scaled the targets. */
function areAlike(a: Shown, b: Shown): boolean {
  const [left, right] = [a.examples.targets, b.examples.targets];
  return left.length === right.length && left.every((target, index) => target === right[index]);
}

const MAX_ROWS = 6;
/** Pictures of the first row, and of all rows. */
const FEW = 4;
const MANY = 12;

/**
 * A few predictions: pictures of pictures, else a table.
 *
 * @param id a name that is unique on the page.
 */
export function renderExamples(judged: JudgedRun, cured: JudgedRun | null, id: string): string {
  const now = judgedExamples(judged);
  const pictures = drawPictures(now.examples, FEW);
  return pictures.length > 0
    ? renderPictureRows(judged, cured, { pictures, id })
    : renderRows(now, cured && judgedExamples(cured), setOf(judged));
}

function setOf({ run }: JudgedRun): string {
  return run.heldOut ? "held-out examples" : "examples trained on";
}

interface PictureRows {
  readonly pictures: readonly string[];
  readonly id: string;
  readonly from?: number;
}

function renderPictureRows(judged: JudgedRun, cured: JudgedRun | null, rows: PictureRows): string {
  const { pictures, id, from = 0 } = rows;
  const now = judgedExamples(judged);
  const after = cured && judgedExamples(cured);
  const what = `${setOf(judged)} from ${from + 1} on`;
  const key = showsBoxes(now) ? " <small>solid: truth, dashed: prediction</small>" : "";
  const again = after !== null && areAlike(now, after);
  return `<p class="label">Now${key}</p>${renderPictures(pictures, now, { label: `Now: ${what}`, id: `${id}-now`, from })}${
    after
      ? `<p class="label">With the cure</p>${renderPictures(again ? pictures : drawPictures(after.examples, pictures.length), after, { label: `With the cure: ${what}`, id: again ? `${id}-now` : `${id}-cured`, again, from })}`
      : ""
  }`;
}

function renderRows(now: Shown, after: Shown | null, what: string): string {
  const count = Math.min(MAX_ROWS, now.examples.count);
  const rows = Array.from({ length: count }, (_, index) => index);
  const isAlike = after === null || areAlike(now, after);
  const table = (head: readonly string[], shown: readonly Shown[]) =>
    renderTable(
      `Predictions for ${what}`,
      ["example", ...head.map((name) => `#${name}`)],
      rows.map((index) => [
        String(index + 1),
        truthOf((shown[0] as Shown).examples, index),
        ...shown.map((one) => answerOf(one, index)),
      ]),
    );
  const title = `<p class="label">Predictions <small>${escapeMarkup(what)}</small></p>`;
  if (isAlike)
    return title + table(["true", "now", ...(after ? ["with the cure"] : [])], after ? [now, after] : [now]);
  return `${title}${table(["true", "now"], [now])}<p class="label">With the cure, which scales the targets</p>${table(["true", "with the cure"], [after])}`;
}

const MAX_FIGURES = 6;
const MAX_DOTS = 96;

/** Predictions against targets, number by number, and the mistakes in naming classes. */
export function renderPredictions(judged: JudgedRun, cured: JudgedRun | null, id = "more"): string {
  const pictures = drawPictures(judgedExamples(judged).examples, MANY);
  const more = pictures.length > FEW ? renderPictureRows(judged, cured, { pictures, id, from: FEW }) : "";
  return renderMistakes(judged, cured) + renderNumbers(judged, cured) + more;
}

/** A number of the targets, with its column in the row of them. */
interface Column {
  readonly column: number;
  readonly name: string;
}

/** The numbers among the targets; classes are none. */
function numbersOf({ train, showsBoxes }: Subject): readonly Column[] {
  const parts = targetParts(train);
  return parts.flatMap(({ name, offset, size, classification }) =>
    classification
      ? []
      : Array.from({ length: size }, (_, index) => {
          const own = (showsBoxes ? "xy"[index] : undefined) ?? String(index);
          return { column: offset + index, name: parts.length > 1 ? `${name}, ${own}` : `Output ${own}` };
        }),
  );
}

function renderNumbers(judged: JudgedRun, cured: JudgedRun | null): string {
  const columns = numbersOf(judged.subject);
  if (columns.length === 0) return "";
  const shown = columns.slice(0, cured ? MAX_FIGURES / 2 : MAX_FIGURES);
  const figures = shown.flatMap(({ column, name }) => [
    renderPair(judged, column, name),
    ...(cured ? [renderPair(cured, column, `${name}, with the cure`)] : []),
  ]);
  const rest =
    columns.length > shown.length
      ? `<p class="note">${shown.length} of ${columns.length} outputs are shown.</p>`
      : "";
  return `<p class="note">Right predictions lie on the dashed diagonal, a constant on a level line.</p><div class="charts small">${figures.join("\n")}</div>${rest}`;
}

function renderPair({ subject, run }: JudgedRun, column: number, title: string): string {
  const { outputs } = subject.train;
  if (column >= outputs) return "";
  const { least, most } = spreadOf(run.train.targets, column, outputs);
  return renderDots(
    {
      xName: "target",
      yName: "prediction",
      range: [least, most > least ? most : least + 1],
      series: [
        { name: "trained on", points: pairs(run.train, outputs, column) },
        ...(run.heldOut ? [{ name: "held out", points: pairs(run.heldOut, outputs, column) }] : []),
      ],
    },
    { title },
  );
}

function pairs({ targets, predictions }: Evaluation, outputs: number, column: number): Point[] {
  const count = Math.min(MAX_DOTS, targets.length / outputs);
  return Array.from({ length: count }, (_, row) => [
    targets[row * outputs + column] as number,
    predictions[row * outputs + column] as number,
  ]);
}

function renderMistakes(judged: JudgedRun, cured: JudgedRun | null): string {
  const classes = judged.run.train.outputs.flatMap(({ classification, name }, index) =>
    classification ? [{ name, index }] : [],
  );
  if (classes.length === 0) return "";
  const runs = cured ? [judged, cured] : [judged];
  const rows = classes.flatMap(({ name, index }) =>
    (["train", "heldOut"] as const)
      .filter((set) => judged.run[set] !== null)
      .map((set) => [
        `${set === "train" ? "trained on" : "held out"}${classes.length > 1 ? `, ${escapeMarkup(name)}` : ""}`,
        ...runs.map(({ run }) => printNumber(run[set]?.outputs[index]?.errorOverPrior ?? null)),
      ]),
  );
  const head = [
    "mistakes / those of naming the commonest class",
    "#now",
    ...(cured ? ["#with the cure"] : []),
  ];
  return renderTable("Mistakes", head, rows);
}
