import { laws } from "../src/judging/law/laws.ts";

/**
 * Replaces the claim in every row of a table that begins with a law; what was measured of the law stands behind it.
 *
 * @throws {Error} naming a law without a row, or a row without a law.
 */
export function writeClaims(page: string): string {
  const missing = new Map(laws.map(({ name, claim }) => [name, claim]));
  const written = page.replace(
    /^\| \[`(\w+)`\]\((\S+)\) \| [^|]+ \|/gm,
    (_row, name: string, link: string) => {
      const claim = missing.get(name);
      if (claim === undefined)
        throw new Error(`docs/laws.md must have one row for a law; ${name} is none, or has two`);
      missing.delete(name);
      return `| [\`${name}\`](${link}) | ${claim} |`;
    },
  );
  if (missing.size > 0) throw new Error(`docs/laws.md must have a row for ${[...missing.keys()].join(", ")}`);
  return written;
}
