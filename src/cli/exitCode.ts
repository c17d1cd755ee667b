/** The exit codes of a command: the claim holds, it does not hold, or bad input kept it from being tested. */
export const ExitCode = { holds: 0, fails: 1, badInput: 2 } as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
