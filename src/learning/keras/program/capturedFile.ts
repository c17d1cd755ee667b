import type { NumberArray } from "../../../foundation/arrays/npy.ts";
import type { AskedTables } from "../../subject/asked/question.ts";
import type { HeldTables } from "../translate/asHeld.ts";
import type { KerasProgram } from "../translate/capturedProgram.ts";

/** A place in a user's script. */
export interface Place {
  /** Relative to the folder in which the script was run, with forward slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The source of the call, on one line. */
  readonly text: string;
}

/** The places of a program in its script. */
export interface ProgramSource {
  readonly compile?: Place | null;
  /** Where the optimizer was made, if not within compile. */
  readonly optimizer?: Place | null;
  readonly fit?: Place | null;
  readonly layers?: Readonly<Record<string, Place>>;
}

/** The rest of `fit`, beside what is translated. */
export interface FitFacts {
  /** Examples in an epoch of the program, of which the capture may have kept only some. */
  readonly examples?: number | null;
  /** About how many multiplications a forward pass takes for one example. */
  readonly work?: number | null;
}

/** A captured program as its files hold it. */
export interface CapturedProgram {
  readonly program: KerasProgram;
  readonly fit: FitFacts;
  readonly source: ProgramSource;
  readonly notes: readonly string[];
  readonly arrays: CapturedArrays;
  /** SHA-256 of all its files, in hexadecimal. */
  readonly sha256: string;
}

/** The arrays of `fit`, by input and by output. Each has a row for each example. */
export interface CapturedArrays {
  readonly x: readonly NumberArray[];
  readonly y: readonly NumberArray[];
  readonly sampleWeights: readonly NumberArray[];
  /** For each output, 1 for each step that a mask shows to the loss, and 0 for those that it hides. @defaultValue none is hidden */
  readonly shown?: readonly NumberArray[];
  readonly heldOut: {
    readonly x: readonly NumberArray[];
    readonly y: readonly NumberArray[];
    readonly shown?: readonly NumberArray[];
  } | null;
  /** The places of the training rows in the order of an epoch. @defaultValue nothing is known of it */
  readonly order?: Int32Array | undefined;
  /** What the script asks of its model behind the training call. @defaultValue nothing is known of it */
  readonly asked?: readonly AskedTables[];
  /** Other versions of its examples that the script holds. @defaultValue nothing is known of them */
  readonly held?: readonly HeldTables[];
}
