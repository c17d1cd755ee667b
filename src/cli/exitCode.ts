/** What a command's exit code says: it holds, it does not, or it could not be asked. */
export const ExitCode = { holds: 0, fails: 1, badInput: 2 } as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
