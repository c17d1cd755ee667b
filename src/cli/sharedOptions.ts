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
export const workers: CommandOption = {
  flag: "--workers <number>",
  text: "Trainings at the same time, each on one thread; the results are the same",
  fallback: "one a core",
};
/** For a command whose work can be divided among several machines. */
export const parts: readonly CommandOption[] = [
  { flag: "--shard <part>", text: "Only a part of the subjects, such as 2/5" },
  { flag: "--blob <file>", text: "Where to write what this part found, for merge; ends in .json" },
];
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
  text: "Print all that was measured and tried, and the whole config",
};
export const open: CommandOption = { flag: "--open", text: "Open the report in the browser" };
/** For a command that writes no page: it says which one does. */
export const pageless: CommandOption = { flag: "--open", text: "Say which command shows it in the browser" };
/** For a command whose result must be whole. */
export const budget: CommandOption = {
  flag: "--budget <time>",
  text: "The most time to take, such as 90s or 10m; ends with exit code 2 when it is spent",
  fallback: "none",
};

export const python: CommandOption = {
  flag: "--python <path>",
  text: "The Python that runs a Keras script",
  fallback: "LEARNPROOF_PYTHON, the virtual environment's, python3",
};
export const fit: CommandOption = {
  flag: "--fit <number>",
  text: "Which call of fit in a script to take; which training of a program of TensorFlow.js",
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

/** What every command takes that trains, beside its own way to open a page. */
export const running: readonly CommandOption[] = [engine, threads, budget, quiet, verbose];

/** What a command takes that trains what it is given. */
export const training: readonly CommandOption[] = [...what, seed, ...running];
