import { InputError } from "../../../foundation/input/inputError.ts";

/** Something about a Keras program that the translation has to say. */
export interface Finding {
  /** Name of the layer, or `compile`, `fit` or `model`. */
  readonly layer: string;
  /** The argument, as Keras names it; the class where a whole layer is meant. */
  readonly argument: string;
  /** One sentence, which names layer and argument. */
  readonly message: string;
}

/** What must not be run: parts of a Keras program that have no counterpart here. */
export class TranslationError extends InputError {
  /** Every part without a counterpart, in the order of the layers. */
  readonly refusals: readonly Finding[];

  constructor(refusals: readonly Finding[]) {
    const parts = refusals.length === 1 ? "1 part has" : `${refusals.length} parts have`;
    super({
      code: "no-counterpart",
      field: "program",
      message: `must consist of what learnproof can compute as Keras does, and ${parts} no counterpart: ${refusals.map(({ message }) => message).join("; ")}`,
      got: refusals.map(({ layer, argument }) => `${layer}: ${argument}`),
    });
    this.refusals = refusals;
  }
}

/** Collects what a translation finds, so that a person hears of all of it at once. */
export class Findings {
  readonly #notes: Finding[] = [];
  readonly #refusals: Finding[] = [];

  /** The differences that the person should know of, in the order in which they were found. */
  get notes(): readonly Finding[] {
    return this.#notes;
  }

  /** Remembers a difference that the translation keeps or that changes nothing. */
  note(layer: string, argument: string, message: string): void {
    this.#notes.push({ layer, argument, message });
  }

  /**
   * Remembers a part without a counterpart.
   *
   * @param rule what is allowed and what to do next: it completes "layer: argument …".
   */
  refuse(layer: string, argument: string, rule: string): void {
    const message = `${layer}: ${argument} ${rule}`;
    if (this.#refusals.some((one) => one.message === message)) return;
    this.#refusals.push({ layer, argument, message });
  }

  /** @throws {TranslationError} where a part has no counterpart. */
  throwIfRefused(): void {
    if (this.#refusals.length > 0) throw new TranslationError(this.#refusals);
  }
}
