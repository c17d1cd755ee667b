import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** What a page may name beside files. */
export interface Known {
  /** Scripts of package.json. */
  readonly scripts: readonly string[];
  /** Commands of learnproof. */
  readonly commands: readonly string[];
}

/** Folders of this project; a path in backticks that begins with another one, or is called my-…, belongs to the reader's. */
const OWN = /^(?:src|specs|scripts|docs|fixtures|examples)\/(?!.*\bmy-)[\w./-]+$/;

/** Lists the links, paths, scripts and commands in a page that lead nowhere. */
export function markdownFaults(file: string, text: string, { scripts, commands }: Known): readonly string[] {
  const links = matches(text, /\]\(([^)#\s]+)(?:#[^)]*)?\)/g).filter((link) => !/^[a-z]+:/.test(link));
  const paths = matches(text, /`([^`\n]+)`/g).filter((path) => OWN.test(path));
  return [
    ...links.filter((link) => !existsSync(join(dirname(file), link))).map((link) => `link ${link}`),
    ...paths.filter((path) => !existsSync(path)).map((path) => `path ${path}`),
    ...matches(text, /npm run (?:--silent )?([a-z][\w:-]*)/g)
      .filter((name) => !scripts.includes(name))
      .map((name) => `script ${name}`),
    ...matches(text, /npx learnproof ([a-z][\w-]*)/g)
      .filter((name) => !commands.includes(name))
      .map((name) => `command ${name}`),
  ];
}

function matches(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, found]) => found as string);
}
