import type { Config, WrittenConfig } from "../schema.ts";

/** Values of config fields by their path, such as `{"data.standardiseInputs": true}`: what changeConfig takes. */
export type Fields = Readonly<Record<string, unknown>>;

/** A config whose defaults are filled in, those from files among them; its run may still be given in epochs. */
export type CompleteConfig = WrittenConfig & { data: { examples: number } };

/**
 * What the code has to know of one kind of subject beyond its schema. To add a kind, write its schema, this object and
 * what creates it, and add a line to `kinds`, to the union of schema.ts and to createSubject.
 */
export interface SubjectKind<Written extends WrittenConfig, Whole extends Config> {
  /** Fills in the defaults that depend on files. @throws {InputError} where a file cannot be used. */
  complete(config: Written): CompleteConfig;
  /** Checks the rules that relate fields to each other. @throws {InputError} naming the field to change. */
  check(config: Whole): void;
  /** Lists the files that a run reads. */
  files(config: Whole): readonly string[];
  /** Whether a project's own code builds the model and gives the examples. */
  readonly runsCode: boolean;
  /**
   * Gives the fields that set the size of the network, with new values.
   *
   * @param factor multiplies the width of every layer except the output; at least one filter or unit remains.
   * @param layers hidden layers to add, as wide as the last.
   */
  resize(config: Whole, factor: number, layers: number): Fields;
  /** Gives the fields that replace the activation of every hidden layer. */
  activate(config: Whole, activation: string): Fields;
  /** Fields that bring the inputs, or the targets, to a scale that initial weights are made for. */
  readonly scaledInputs: Fields;
  readonly scaledTargets: Fields;
  /** Fields that bring the inputs into 0 to 1. */
  readonly unitInputs: Fields;
  /** Fields that bring the targets into (0, 1); none where nothing but the examples can do so. */
  readonly unitTargets: Fields;
  /** Tells how many outputs there are, where the config says it; null elsewhere. */
  outputs(config: Whole): number | null;
  /** Gives the fields that make classes of targets which are class numbers; null where nothing does. */
  classes(count: number): Fields | null;
}
