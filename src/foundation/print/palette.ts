import pc from "picocolors";

/** What says whether colour is wanted. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether what is written is shown by a terminal. */
  readonly isTerminal: boolean;
}

/**
 * Whether to colour: never where `NO_COLOR` is set (https://no-color.org), always where `FORCE_COLOR` is,
 * otherwise on a terminal that is not a dumb one. A continuous-integration job writes to a pipe, so it asks
 * by `FORCE_COLOR`.
 */
export function wantsColour({ environment, isTerminal }: Surroundings): boolean {
  if (environment.NO_COLOR) return false;
  const { FORCE_COLOR: forced } = environment;
  if (forced !== undefined && forced !== "") return forced !== "0" && forced !== "false";
  return isTerminal && environment.TERM !== "dumb";
}

/** The colours for standard output, as it is now. */
export function createPalette(): ReturnType<typeof pc.createColors> {
  return pc.createColors(
    wantsColour({ environment: process.env, isTerminal: process.stdout.isTTY === true }),
  );
}
