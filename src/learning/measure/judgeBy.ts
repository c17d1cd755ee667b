import { InputError } from "../../foundation/input/inputError.ts";
import type { MeasureName } from "../config/measureNames.ts";
import { lossOfOutput } from "../loss/criterion.ts";
import { isKnownToLeaveOut } from "../loss/leftOutTargets.ts";
import type { Question } from "../subject/asked/question.ts";
import type { Examples } from "../subject/examples.ts";
import { byOutput } from "../subject/own/byOutput.ts";
import { areOneHot } from "../subject/own/labels.ts";
import { writtenLoss } from "../subject/own/ownLoss.ts";
import { columnsOf, type Placed, type TargetPart, targetParts } from "../subject/parts.ts";
import { sampleExamples } from "../subject/sample.ts";
import type { Subject } from "../subject/subject.ts";
import { asksOfAnyScale } from "./anyScale.ts";
import { findDistanceMeasure } from "./distanceMeasure.ts";
import { createErrorMeasure, type ErrorMeasure, type ErrorsOf } from "./errorMeasure.ts";
import { leavesNumbersOut } from "./leftOut.ts";
import { findLineMeasure } from "./lineMeasure.ts";
import { createLossMeasure, isJudgedByItsLoss } from "./lossMeasure.ts";
import { namedMeasure } from "./namedMeasures.ts";
import { likesAnotherConstant } from "./offMean.ts";
import { asksOnAnotherScale } from "./otherScale.ts";
import { checkingErrors, OWN_MEASURE, ownMeasure, verifyMeasure } from "./ownMeasure.ts";
import type { ReadMeasures, WrittenMeasure } from "./readMeasure.ts";
import { findWeighedAnswers } from "./weighedClasses.ts";

/** Lets a named measure judge every output of a subject whose targets have the output's shape. */
export function judgeByName(subject: Subject, name: MeasureName): Subject {
  return withMeasures(
    subject,
    targetParts(subject.train).map((part) => (isJudgedByItsLoss(part) ? null : create(subject, part, name))),
  );
}

/**
 * Counts wrong answers as a loss of the project's own weighs them, where it weighs a rare class more: a metric counts them all
 * alike. The other outputs keep what judges them.
 */
export async function judgeByWeights(subject: Subject): Promise<Subject> {
  const measures = await Promise.all(
    targetParts(subject.train).map((part) =>
      part.measure === undefined || part.measure.name === "accuracy"
        ? findWeights(subject, part)
        : Promise.resolve(null),
    ),
  );
  return measures.some((measure) => measure !== null) ? withMeasures(subject, measures) : subject;
}

async function findWeights(
  { loss: losses, train, seed }: Subject,
  part: Placed<TargetPart>,
): Promise<ErrorMeasure | null> {
  const loss = lossOfOutput(losses, part.index);
  if (typeof loss !== "function" || part.classification || isJudgedByItsLoss(part)) return null;
  return findWeighedAnswers(loss, train, part, seed);
}

/** Lets the project's own losses judge the outputs that are no predictions of their targets. */
export function judgeByLoss(subject: Subject): Subject {
  const parts = targetParts(subject.train);
  if (!parts.some(isJudgedByItsLoss)) return subject;
  const measures = parts.map((part) => {
    const loss = lossOfOutput(subject.loss, part.index);
    if (!isJudgedByItsLoss(part) || typeof loss !== "function") return null;
    return createLossMeasure(loss, subject.train, part, subject.seed, { batchSize: subject.batchSize });
  });
  return withMeasures(subject, measures);
}

/** Counts wrong answers where a loss asks for a margin between two sides, which few right answers keep exactly. */
export function judgeByMargin(subject: Subject): Subject {
  const parts = targetParts(subject.train);
  const measures = parts.map((part) => {
    const name = part.measure || part.classification ? null : measureOfMargin(subject, part);
    return name === null ? null : create(subject, part, name);
  });
  return measures.some((measure) => measure !== null) ? withMeasures(subject, measures) : subject;
}

function measureOfMargin({ loss, train }: Subject, part: Placed<TargetPart>): MeasureName | null {
  const own = lossOfOutput(loss, part.index);
  if (typeof own === "function" || isJudgedByItsLoss(part)) return null;
  const values = columnsOf(train.targets, train.outputs, part);
  if (own.name === "hinge" || own.name === "squaredHinge")
    return values.every((value) => Math.abs(value) === 1) ? "wrongSigns" : null;
  const table = { shape: [train.count, ...part.shape], values };
  return own.name === "categoricalHinge" && part.size > 1 && areOneHot(table) ? "accuracy" : null;
}

/**
 * Lets the measures of a definition judge the outputs, and verifies those that the project wrote.
 *
 * @throws {InputError} for a measure of an output that the model lacks, and for one that gives wrong answers.
 */
export async function judgeByOwn(subject: Subject, own: NonNullable<ReadMeasures["own"]>): Promise<Subject> {
  const parts = targetParts(subject.train);
  const written: readonly (WrittenMeasure | null)[] =
    typeof own === "function" ? parts.map(() => own) : byOutput(own, parts, "errorMeasure");
  const measures = parts.map((part, output) => {
    const measure = written[output];
    if (!measure) return null;
    if (isJudgedByItsLoss(part)) throw noMeasureOfShape(part);
    return create(subject, part, measure);
  });
  const judged = sampleExamples(subject.train, subject.seed);
  for (const [output, part] of parts.entries()) {
    const measure = measures[output];
    if (measure && typeof written[output] === "function")
      await verifyMeasure(subject.name, measure, columnsOf(judged.targets, judged.outputs, part));
  }
  return withMeasures(subject, measures);
}

/**
 * Lets a loss judge the outputs that it trains towards something else than the means of their targets: distances, lines of
 * any scale, quantiles, logarithms, directions, or some numbers of some examples alone. See {@link findDistanceMeasure},
 * {@link findLineMeasure}, {@link likesAnotherConstant}, {@link asksOnAnotherScale},
 * {@link asksOfAnyScale} and {@link leavesNumbersOut}.
 */
export async function judgeByGoal(subject: Subject): Promise<Subject> {
  const measures: (ErrorMeasure | null)[] = [];
  for (const part of targetParts(subject.train)) measures.push(await findGoalMeasure(subject, part));
  return measures.some((measure) => measure !== null) ? withMeasures(subject, measures) : subject;
}

async function findGoalMeasure(
  { loss: losses, train, seed }: Subject,
  part: Placed<TargetPart>,
): Promise<ErrorMeasure | null> {
  const loss = lossOfOutput(losses, part.index);
  if (typeof loss !== "function" || part.classification || part.measure) return null;
  const isOnly = targetParts(train).length === 1;
  const known = isOnly
    ? ((await findDistanceMeasure(loss, train, seed)) ?? (await findLineMeasure(loss, train, seed)))
    : null;
  if (known !== null) return known;
  if (isKnownToLeaveOut(writtenLoss(loss))) return createLossMeasure(loss, train, part, seed);
  if (await likesAnotherConstant(loss, train, part, seed)) return createLossMeasure(loss, train, part, seed);
  const scale = await asksOnAnotherScale(loss, train, part, seed);
  if (scale !== null) return createLossMeasure(loss, train, part, seed, { floor: scale.floor });
  return (await asksOfAnyScale(loss, train, part, seed)) || (await leavesNumbersOut(loss, train, part, seed))
    ? createLossMeasure(loss, train, part, seed)
    : null;
}

/** A measure compares predictions with targets, which these outputs are not. */
function noMeasureOfShape({ name, shape, ownShape = [] }: TargetPart): InputError {
  return new InputError({
    code: "conflict",
    field: "errorMeasure",
    message: `must be left out for ${name}, whose own loss takes outputs of shape [${shape.join(", ")}] for targets of shape [${ownShape.join(", ")}]: the loss itself judges it`,
    got: { outputs: shape, targets: ownShape },
  });
}

function create(subject: Subject, part: Placed<TargetPart>, written: WrittenMeasure): ErrorMeasure {
  const { train, seed } = subject;
  if (typeof written === "string")
    return createErrorMeasure({ name: written, measure: namedMeasure(written), train, part, seed });
  const measure = ownMeasure(subject.name, written);
  const check = (unchecked: ErrorsOf) => checkingErrors(subject.name, unchecked);
  return createErrorMeasure({ name: OWN_MEASURE, measure, train, part, seed, check });
}

function withMeasures(subject: Subject, measures: readonly (ErrorMeasure | null)[]): Subject {
  const measured = (examples: Examples): Examples => ({
    ...examples,
    targetParts: targetParts(examples).map(({ index, offset: _offset, size: _size, ...part }) => {
      const measure = measures[index];
      return { ...part, ...(measure && { measure }) };
    }),
  });
  // What a script asks is judged as what it holds out is.
  const askedBy = (question: Question): Question => ({
    ...question,
    examples: measured(question.examples),
    otherwise: question.otherwise.map(({ how, examples }) => ({ how, examples: measured(examples) })),
  });
  return {
    ...subject,
    train: measured(subject.train),
    heldOut: subject.heldOut && measured(subject.heldOut),
    ...(subject.asked && { asked: subject.asked.map(askedBy) }),
  };
}
