/** Starts a stopwatch; the function it returns gives the seconds since. The only clock of the project. */
export function startClock(): () => number {
  return secondsFrom(performance.now());
}

/** Where the process is one command, its time began with the process. */
let commandBegan: number | null = null;

/** Says that this process runs one command and nothing else, so that its start counts as time of the command. */
export function countFromProcess(): void {
  commandBegan = 0;
}

/** Starts the stopwatch of a command: see {@link countFromProcess}. */
export function startCommandClock(): () => number {
  return secondsFrom(commandBegan ?? performance.now());
}

function secondsFrom(start: number): () => number {
  return () => (performance.now() - start) / 1000;
}
