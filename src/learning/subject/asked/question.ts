// What a script asks of its model once it is trained: the rows that it gives to predict or evaluate.

import type { Preparation } from "../../config/preparations.ts";
import type { Examples } from "../examples.ts";
import type { Gaps } from "../gaps.ts";
import type { NumberTable } from "../nestedNumbers.ts";

/** A line of the script. */
export interface ScriptLine {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The source of the call, on one line. */
  readonly text: string;
}

/** Something that the script does with the answers before it does anything else with them. */
export interface Reading {
  readonly does: "argmax" | "threshold" | "round";
  /** Among how many numbers argmax looks for the largest. */
  readonly over?: number;
  readonly rows?: number;
  /** Whether argmax goes along the rows, so that it gives a row for each class. */
  readonly along?: "rows";
  /** Whether what it gives along the rows is asked to equal something. */
  readonly equated?: boolean;
  /** The bound of a threshold. */
  readonly at?: number;
  /** Whether a threshold asks for the answers above its bound, not for those below. */
  readonly above?: boolean;
  /** The number of the output that the script takes out of several, from 0. */
  readonly column?: number;
  /** Whether what the threshold decides is asked to equal the targets. */
  readonly decided?: boolean;
  /** Whether class numbers, of argmax or of a threshold, are looked up in a list, or counted from another number than 0, before they are compared. */
  readonly lookedUp?: boolean;
  readonly place: ScriptLine | null;
}

/** A comparison of the answers with targets in another order than their rows. */
export interface Disorder {
  /** The share of the rows that are compared with a target equal to their own. */
  readonly agreement: number;
  /** The name of the function that compares. */
  readonly function: string;
  readonly place: ScriptLine | null;
}

/** A call of `load_weights` by name that left layers as they were, whose names were not saved. */
export interface LeftOut {
  readonly layers: readonly string[];
  readonly place: ScriptLine | null;
}

/** A loop that trains one model on in each round and measures it by rows that an earlier round trained on. */
export interface TrainedRounds {
  /** All rounds, of which the first measures by new rows. */
  readonly count: number;
  /** The rounds that measure by old ones. */
  readonly old: number;
}

/** A column of codes that was encoded otherwise than that of training. */
export interface Recoding {
  /** The input of the model that has it. */
  readonly part: number;
  readonly column: number;
  /** Each code as it was asked about, and the code of the same value in training. */
  readonly pairs: readonly (readonly [asked: number, trained: number])[];
}

/** Answers of a stateful network that depend on what it was given before. */
export interface CarriedState {
  readonly calls: number;
  /** How far the answers of a call differ from those without a state, over the spread of these. */
  readonly difference: number;
}

/** What is known of a question beside its rows. */
export interface QuestionFacts {
  /** The function that the script calls, such as `predict`; `call` for the model itself. */
  readonly call: string;
  readonly place: ScriptLine | null;
  /** All rows that were asked about, of which some are kept. */
  readonly rows: number;
  /**
   * Where the targets come from: the script gives them as targets, or it subtracts them from the answers, which may mean
   * something else where it takes no size of the difference, or asks whether answers below a threshold equal them, which may
   * stand for the lower class. Null where none are known.
   */
  readonly targets: "given" | "compared" | "decided" | null;
  readonly order: Disorder | null;
  /** Whether the weights are untrained: those of another model, which is built like the trained one, or its own before training. */
  readonly untrained: boolean;
  /** For an untrained model into which weights were loaded by name: what the load left as it was. */
  readonly leftOut?: LeftOut | null;
  /** Whether an untrained model is built like the last layers of the trained one alone. @defaultValue false */
  readonly isPart?: boolean;
  /** The line behind the training that uses the answers, where the model is asked before it and not again. @defaultValue null */
  readonly usedBehind?: ScriptLine | null;
  /** The rounds of a loop whose later ones ask about rows that earlier ones trained on. @defaultValue null */
  readonly rounds?: TrainedRounds | null;
  readonly readings: readonly Reading[];
  /** The line that scales the answers back by another scaler than the one that scaled the targets. @defaultValue none does */
  readonly scaledBack?: ScriptLine | null;
  /**
   * The line that asks whether the answers, whole or rounded, equal given numbers, as the names of classes do.
   * @defaultValue none is known
   */
  readonly equated?: ScriptLine | null;
  /** Columns whose codes stand for other values than in training. @defaultValue none */
  readonly recoded?: readonly Recoding[];
  /**
   * Each number that stands for a word and the number of the same word in training, where the script numbers words by another
   * list than then. @defaultValue null
   */
  readonly renumbered?: Recoding["pairs"] | null;
  /**
   * For each column of training, the place of the column of its name in the table that the script asks about, -1 where it has none.
   * @defaultValue null, where they stand in the same order
   */
  readonly movedColumns?: readonly number[] | null;
  /** Whether the script fitted a scaler to each row alone, which makes each number of it 0. @defaultValue false */
  readonly scaledAlone?: boolean;
  /** Whether the rows surely never passed through the scaler that made those of training. @defaultValue false */
  readonly neverScaled?: boolean;
  /** The numbers that are missing from its inputs, where none are missing from those of training. @defaultValue null */
  readonly missing?: Gaps | null;
  /** The state that training left in a stateful network, with which it is asked. @defaultValue null */
  readonly carried?: CarriedState | null;
  /** The batch normalisation that mixes the rows which are asked about, since the model is called as in training. @defaultValue null */
  readonly inTraining?: string | null;
}

/** A question as the capture wrote it. */
export interface AskedTables extends QuestionFacts {
  readonly x: readonly NumberTable[];
  /** Empty where no targets are known. */
  readonly y: readonly NumberTable[];
  /** For each output, 1 for each step that a mask shows to the loss, and 0 for those that it hides. @defaultValue none is hidden */
  readonly shown?: readonly NumberTable[];
}

/** A question about a subject's trained model. */
export interface Question extends QuestionFacts {
  /** Its number among all that the script asks, of which those are left out that do not fit the model. */
  readonly number: number;
  /** Where no targets are known, those of the first training example stand in. */
  readonly examples: Examples;
  /** The same rows, prepared in other ways. */
  readonly otherwise: readonly Prepared[];
}

/** Rows that were prepared in another way. */
export interface Prepared {
  readonly how: Preparation;
  readonly examples: Examples;
}
