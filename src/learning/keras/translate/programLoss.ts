// What a captured loss comes to for its targets: the loss to train with, whether its targets are classes, and the error to judge by.

import type { MeasureName } from "../../config/measureNames.ts";
import type { LossConfig } from "../../config/schema.ts";
import { measureOfMetrics } from "../../measure/measureOfMetrics.ts";
import type { AskedTables } from "../../subject/asked/question.ts";
import { holdsClasses } from "../../subject/compiled/compiledModel.ts";
import type { NumberTable } from "../../subject/nestedNumbers.ts";
import { areWholeNumbers } from "../../subject/own/classNumbers.ts";
import { areBinary, areOneHot } from "../../subject/own/labels.ts";
import type { OutputLossInput } from "../../subject/subjectDefinition.ts";
import type { TranslatedLoss } from "./recipe/translateLoss.ts";
import type { TranslatedProgram } from "./translateProgram.ts";

/** The loss to train an output with. */
export function lossOf(loss: TranslatedLoss, targets: NumberTable | undefined): OutputLossInput {
  const { own, config, isSparse } = loss;
  if (own) return own(hasClasses(loss, targets));
  return (isSparse ? { ...config, name: "sparseCategoricalCrossentropy" } : config) as OutputLossInput;
}

/** The words by which a program takes its answers for classes: a metric that counts right ones, or a comparison of its own. */
export function wordsOfClasses(
  { metrics }: TranslatedProgram,
  asked: readonly AskedTables[],
): string | undefined {
  const metric = metrics.find((name) => /^(acc|accuracy|(sparse_?)?categorical_?accuracy)$/i.test(name));
  if (metric !== undefined) return `the metric ${metric} counts right answers`;
  const place = asked.find(({ equated }) => equated)?.equated;
  return place ? `${place.file}:${place.line} counts answers that equal the labels` : undefined;
}

/**
 * A loss of the program's own is no error to judge by, since it need not be 0 where all is right; a metric may be. Where
 * loss and metric are cosines, directions alone are meant.
 */
export function measureFor(
  { own, config, isSparse }: TranslatedLoss,
  metrics: readonly string[],
  targets: NumberTable | undefined,
): MeasureName | null {
  const areClasses = isSparse || (targets !== undefined && (areOneHot(targets) || isBinaryColumn(targets)));
  const measure = measureOfMetrics(metrics, areClasses);
  return own || (config.name === "cosineProximity" && measure === "cosineDistance") ? measure : null;
}

function isBinaryColumn(targets: NumberTable): boolean {
  return targets.shape.at(-1) === 1 && areBinary(targets);
}

/** Whether an output answers with classes. */
export function hasClasses(
  { config, isSparse, own }: TranslatedLoss,
  targets: NumberTable | undefined,
): boolean {
  if (isSparse) return targets === undefined || areWholeNumbers(targets);
  if (own) return false;
  const name = config.name as LossConfig["name"];
  const isCrossentropy = name === "binaryCrossentropy" || name === "categoricalCrossentropy";
  return isCrossentropy && targets !== undefined && holdsClasses({ name }, targets);
}
