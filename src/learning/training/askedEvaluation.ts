import type { LayersModel } from "@tensorflow/tfjs-layers";
import { InputError } from "../../foundation/input/inputError.ts";
import type { Preparation } from "../config/preparations.ts";
import type { Criterion } from "../loss/criterion.ts";
import type { Prepared, Question } from "../subject/asked/question.ts";
import type { Examples } from "../subject/examples.ts";
import { sampleExamples } from "../subject/sample.ts";
import type { Subject } from "../subject/subject.ts";
import { type Evaluation, evaluate } from "./evaluation.ts";

/** How well a trained model answers a question. */
export interface AskedEvaluation {
  /** On the rows as the script asks about them, a sample that the seed determines; null where no targets are known. */
  readonly asAsked: Evaluation | null;
  /** On the same rows, prepared in other ways. */
  readonly otherwise: readonly { readonly how: Preparation; readonly evaluation: Evaluation }[];
}

/** Evaluates a model on each question whose targets are known. */
export async function answerAsked(
  { asked = [], seed }: Subject,
  model: LayersModel,
  criterion: Criterion,
): Promise<readonly AskedEvaluation[]> {
  const on = (examples: Examples) => evaluateOn(model, sampleExamples(examples, seed), criterion);
  const answers: AskedEvaluation[] = [];
  for (const { targets, examples, otherwise } of asked)
    answers.push(await answer(targets, examples, otherwise));
  return answers;

  async function answer(
    targets: Question["targets"],
    examples: Examples,
    others: Question["otherwise"],
  ): Promise<AskedEvaluation> {
    if (targets === null) return { asAsked: null, otherwise: [] };
    return { asAsked: await on(examples), otherwise: await evaluateEach(others, on) };
  }
}

/** Evaluates a model on the held-out examples as each of some other ways would prepare them. */
export function answerOtherwise(
  { heldOutOtherwise = [] }: Subject,
  model: LayersModel,
  criterion: Criterion,
): Promise<AskedEvaluation["otherwise"]> {
  return evaluateEach(heldOutOtherwise, (examples) => evaluateOn(model, examples, criterion));
}

async function evaluateEach(
  others: readonly Prepared[],
  on: (examples: Examples) => Promise<Evaluation | null>,
): Promise<AskedEvaluation["otherwise"]> {
  const otherwise = [];
  for (const { how, examples } of others) {
    const evaluation = await on(examples);
    if (evaluation) otherwise.push({ how, evaluation });
  }
  return otherwise;
}

async function evaluateOn(
  model: LayersModel,
  examples: Examples,
  criterion: Criterion,
): Promise<Evaluation | null> {
  try {
    return await evaluate(model, examples, criterion);
  } catch (error) {
    // Rows may be asked about that the model cannot take, such as numbers of unknown words.
    if (error instanceof InputError) return null;
    throw error;
  }
}
