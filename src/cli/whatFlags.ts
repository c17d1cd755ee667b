/** The options that say more about WHAT, as the command line declares them. */
export const WHAT_OPTIONS: readonly (readonly [flag: string, description: string])[] = [
  ["--data <file>", "The data for a saved model: .npz, .npy or .csv"],
  ["--target <columns>", "The columns of a table to predict"],
  ["--inputs <columns>", "The columns to predict from; all the others if left out"],
  ["--exclude <columns>", "Columns of a table to leave out"],
  ["--task <name>", "regression or classification; guessed from the column if left out"],
  ["--loss <name>", "The loss for a table, such as mae"],
  ["--python <path>", "The Python that runs a Keras script"],
  ["--fit <number>", "Which call of fit in a script to take, 1 if left out"],
];
