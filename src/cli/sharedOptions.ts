import type { CommandOption } from "./command.ts";

/** Options that every command takes. */
export const everyCommand: readonly CommandOption[] = [
  { flag: "--json", text: "Print one JSON object on standard output" },
  { flag: "--version", text: "Print the version of learnproof" },
];

export const engine: CommandOption = {
  flag: "--engine <name>",
  text: "wasm, tensorflow, webgpu or cpu",
  fallback: "LEARNPROOF_ENGINE, else wasm",
};
export const threads: CommandOption = {
  flag: "--threads <number>",
  text: "Threads of the engine wasm; the results are the same",
  fallback: "LEARNPROOF_THREADS, else one a core",
};
export const seed: CommandOption = {
  flag: "--seed <number>",
  text: "The seed instead of the config's, from 1",
  fallback: "the config's, else 1",
};
export const quiet: CommandOption = {
  flag: "--quiet",
  text: "Print the outcome in one line, and no progress",
};
export const verbose: CommandOption = {
  flag: "--verbose",
  text: "Print every law and every change that was tried",
};
export const open: CommandOption = { flag: "--open", text: "Open the report in the browser" };

export const python: CommandOption = {
  flag: "--python <path>",
  text: "The Python that runs a Keras script",
  fallback: "LEARNPROOF_PYTHON, the virtual environment's, python3",
};
export const fit: CommandOption = {
  flag: "--fit <number>",
  text: "Which call of fit in a script to take",
  fallback: "1",
};

/** The options that say more about WHAT. */
export const what: readonly CommandOption[] = [
  { flag: "--target <columns>", text: "The columns of a table to predict, separated by commas" },
  {
    flag: "--inputs <columns>",
    text: "The columns to predict from",
    fallback: "all others that hold numbers",
  },
  { flag: "--exclude <columns>", text: "Columns of a table to leave out" },
  {
    flag: "--task <name>",
    text: "regression or classification, for a table",
    fallback: "guessed from the column",
  },
  { flag: "--loss <name>", text: "The loss for a table", fallback: "mse, or a crossentropy for classes" },
  { flag: "--data <file>", text: "The data for a saved model: a table, .npz or .npy" },
  python,
  fit,
];

/** What a command takes that trains what it is given. */
export const training: readonly CommandOption[] = [...what, engine, threads, seed, quiet];
