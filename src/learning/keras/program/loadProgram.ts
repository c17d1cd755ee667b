// Makes a Keras program, captured or saved, a subject that every command can train.

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { InputError } from "../../../foundation/input/inputError.ts";
import { parseConfig } from "../../config/parseConfig.ts";
import { parseWithProject } from "../../config/readConfig.ts";
import type { Config, OwnConfig, ProgramFile } from "../../config/schema.ts";
import { readSavedKeras } from "../saved/readSavedKeras.ts";
import { defineProgram } from "../translate/defineProgram.ts";
import { rateSetters } from "../translate/recipe/translateCallbacks.ts";
import { type TranslatedProgram, translateProgram } from "../translate/translateProgram.ts";
import { affordableExamples, affordableSteps, numbersInAnswer, thinOutAll } from "./budget.ts";
import type { CapturedArrays, CapturedProgram } from "./capturedFile.ts";
import { isCaptured, readCaptured } from "./readCaptured.ts";
import { thinOrder } from "./thinOrder.ts";

/** A Keras program that was defined as a subject. */
export interface LoadedProgram {
  readonly config: OwnConfig;
  readonly captured: CapturedProgram;
  /** SHA-256 of the training data alone. */
  readonly dataHash: string;
  /** Sentences about what is left out or cut. */
  readonly notes: readonly string[];
  /** Updates of the program itself, of which its config may make the first ones alone. */
  readonly steps: number;
}

const loaded = new Map<string, LoadedProgram>();

/** The program that a config's subject was made from; null where it was made from none. */
export function programOf(config: Config | null): LoadedProgram | null {
  return config?.subject === "own" && config.program ? (loaded.get(config.name) ?? null) : null;
}

/**
 * Reads a captured program or a saved model of Keras with its data, and defines it as a subject.
 *
 * @param label the start of the subject's name.
 * @throws {InputError} if files cannot be read, changed since their hash was taken, or hold what has no counterpart.
 */
export function loadProgram(file: ProgramFile, label: string): LoadedProgram {
  const isCapture = isCaptured(file.path);
  const captured = isCapture ? readCaptured(file.path) : readSavedKeras(file);
  if (file.sha256 !== undefined && file.sha256 !== captured.sha256)
    throw new InputError({
      code: "changed",
      field: "program.sha256",
      message: "is of another program than lies there now; capture it again, or take the one it was",
      got: file.sha256,
    });
  const isDrawn = file.initialWeights === "drawn";
  const name = nameOf(label, isDrawn, captured.sha256);
  const translated = translateProgram(captured.program);
  const { program, arrays, notes, steps, examples } = cut(captured, translated);
  const keepsWeights = (isCapture && !isDrawn) || hasFrozenLayers(captured.program.model);
  const initialWeights = keepsWeights ? "captured" : "drawn";
  defineProgram(program, arrays, { name, initialWeights, examples });
  const config = parseConfig({
    subject: "own",
    name,
    program: { ...file, sha256: captured.sha256 },
  }) as OwnConfig;
  const all = {
    config,
    captured,
    dataHash: hashOfData(captured.arrays),
    notes: [...captured.notes, ...notes],
    steps,
  };
  loaded.set(name, all);
  return all;
}

const DRAWN = "-drawn";

/** A program has a name for each of the ways to start it: they are two subjects. */
function nameOf(label: string, isDrawn: boolean, sha256: string): string {
  const start = label.replace(/[^\w-]/g, "-").slice(0, 40);
  const plain = start.endsWith(DRAWN) ? start.slice(0, -DRAWN.length) : start;
  return `${plain}${isDrawn ? DRAWN : ""}-${sha256.slice(0, 8)}`;
}

function hashOfData({ x, y }: CapturedArrays): string {
  const hash = createHash("sha256");
  for (const { shape, values } of [...x, ...y])
    hash.update(String(shape)).update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return hash.digest("hex");
}

/** Frozen layers are of use only with the weights that they were saved with. */
function hasFrozenLayers(model: unknown): boolean {
  return JSON.stringify(model).includes('"trainable":false');
}

/** Cuts a program that would train too long. */
function cut(captured: CapturedProgram, translated: TranslatedProgram) {
  const { arrays: all, fit } = captured;
  const notes = translated.notes.map(({ message }) => message);
  const work = fit.work ?? 0;
  const given = all.x[0]?.shape[0] ?? 0;
  const most = affordableExamples(work, numbersInAnswer(captured.program.model, all.y));
  const arrays = { ...thinOutAll(all, most), order: all.order && thinOrder(all.order, given, most) };
  const kept = arrays.x[0]?.shape[0] ?? 0;
  if (kept < given) notes.push(`the check takes ${kept} of the ${given} examples, evenly spaced`);
  const { batchSize, epochs, stepsPerEpoch, validationSplit } = translated.training;
  const examplesGiven = fit.examples ?? given;
  const examples = Math.floor(examplesGiven * (1 - validationSplit));
  const inEpoch = stepsPerEpoch ?? Math.max(1, Math.ceil(examples / batchSize));
  const ofProgram = epochs * inEpoch;
  const steps = Math.min(ofProgram, affordableSteps(work, batchSize));
  if (steps < ofProgram)
    notes.push(
      `the check trains the first ${steps} of the program's ${ofProgram} steps, and more of them where they may still change what it has learnt`,
    );
  notes.push(...leftOut(captured));
  const training = { ...translated.training, epochs: steps, stepsPerEpoch: 1, epochSteps: inEpoch };
  const ofFewer = kept < examplesGiven ? examples : undefined;
  return { program: { ...translated, training }, arrays, notes, steps: ofProgram, examples: ofFewer };
}

/** What a run leaves out of fit. */
function leftOut({ program }: CapturedProgram): string[] {
  const callbacks = program.fit?.callbacks ?? [];
  const run = rateSetters(callbacks).map(({ name }) => name);
  const acting = callbacks
    .map(({ class_name: name }) => name)
    .filter((name) => OF_CODE.has(name) && !run.includes(name));
  return acting.length > 0 ? [`callbacks of the program's own code are not run: ${acting.join(", ")}`] : [];
}

/** Callbacks that may change what is trained by code of the program's own. */
const OF_CODE: ReadonlySet<string> = new Set(["LearningRateScheduler", "LambdaCallback"]);

/**
 * Parses a config whose subject may be defined by the project, or made from a Keras program.
 *
 * @param folder where to look for the program as well, such as a capsule's.
 */
export async function parseWithPrograms(json: unknown, folder = "."): Promise<Config> {
  const { subject, name, program } = (json ?? {}) as { subject?: unknown; name?: unknown; program?: unknown };
  if (subject !== "own" || typeof program !== "object" || program === null) return parseWithProject(json);
  if (typeof name === "string" && !loaded.has(name)) {
    const { path, ...rest } = program as ProgramFile;
    const beside = join(folder, basename(path));
    const file = { ...rest, path: !existsSync(path) && existsSync(beside) ? beside : path };
    loadProgram(file, name.replace(/-[0-9a-f]{8}$/, ""));
  }
  return parseConfig(json);
}
