import { describeOption } from "../src/cli/command.ts";
import { commands } from "../src/cli/commands.ts";

/** Describes every command in Markdown, with its options, their defaults and an example. */
export function describeCommands(): string {
  const sections = commands.map(({ usage, help, summary, options, examples }) =>
    [
      `### \`${help ?? usage}\``,
      `${summary}.`,
      ...(options.length > 0
        ? [options.map((option) => `- \`${option.flag}\`: ${describeOption(option)}`).join("\n")]
        : []),
      `\`\`\`sh\n${examples.map((example) => `npx ${example}`).join("\n")}\n\`\`\``,
    ].join("\n\n"),
  );
  return `<!-- commands -->\n\n${sections.join("\n\n")}\n\n<!-- end -->`;
}
