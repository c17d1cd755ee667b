import pc from "picocolors";

/** The conditions that decide whether output is coloured. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether the output goes to a terminal. */
  readonly isTerminal: boolean;
}

/**
 * Whether output is coloured: never if `NO_COLOR` is set (https://no-color.org), always if `FORCE_COLOR` is set,
 * otherwise on a terminal that is not a dumb one. A continuous-integration job writes to a pipe, so it has to set
 * `FORCE_COLOR` to get colour.
 */
export function wantsColour({ environment, isTerminal }: Surroundings): boolean {
  if (environment.NO_COLOR) return false;
  const { FORCE_COLOR: forced } = environment;
  if (forced !== undefined && forced !== "") return forced !== "0" && forced !== "false";
  return isTerminal && environment.TERM !== "dumb";
}

/** Creates the colours for standard output in its present state. */
export function createPalette(): ReturnType<typeof pc.createColors> {
  return pc.createColors(
    wantsColour({ environment: process.env, isTerminal: process.stdout.isTTY === true }),
  );
}
