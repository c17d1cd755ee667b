import type { ExitCode } from "./exitCode.ts";
import type { RawOptions } from "./options.ts";

/** A command as the parser, the help, the completion of shells and docs/commands.md know it. */
export interface Command {
  /** Its name and arguments: `<one>` that must be given, `[one]` that may, `[...any]` of them. */
  readonly usage: string;
  /** How help writes the usage. @defaultValue as it stands above */
  readonly help?: string;
  /** What it does, in a sentence without an end. */
  readonly summary: string;
  readonly options: readonly CommandOption[];
  /** Whole command lines without `npx`. */
  readonly examples: readonly string[];
  /** Loads what the command needs when it runs: help and a mistyped option need no tensors. */
  run(args: readonly unknown[], options: RawOptions): Promise<ExitCode>;
}

export interface CommandOption {
  /** Such as `--seed <number>`, with the value it takes. */
  readonly flag: string;
  readonly text: string;
  /** What holds where the option is left out. */
  readonly fallback?: string;
}

/** An option as one line, with its default. */
export function describeOption({ text, fallback }: CommandOption): string {
  return fallback === undefined ? text : `${text} (default: ${fallback})`;
}
