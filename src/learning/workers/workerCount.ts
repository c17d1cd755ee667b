import { InputError } from "../../foundation/input/inputError.ts";
import { MOST_THREADS, threadsByDefault } from "../engine/threads.ts";

/**
 * Returns how many trainings run at the same time.
 *
 * @param option what the option `--workers` says. @defaultValue as many as the machine has cores, at most 8; one within a
 * test runner, and one on engines other than wasm and cpu, which use the machine by themselves
 * @throws {InputError} for anything but a whole number from 1 to 64.
 */
export function readWorkers(option: unknown, engine: string): number {
  if (option === undefined) return engine === "wasm" || engine === "cpu" ? threadsByDefault(process.env) : 1;
  if (typeof option === "number" && Number.isInteger(option) && option >= 1 && option <= MOST_THREADS)
    return option;
  throw new InputError({
    code: "invalid-option",
    field: "--workers",
    message: `must be a whole number from 1 to ${MOST_THREADS}; leave it out for one a core`,
    got: option,
  });
}
