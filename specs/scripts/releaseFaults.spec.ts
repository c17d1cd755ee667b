import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { releaseFaults } from "../../scripts/releaseFaults.ts";

const changelog = await readFile("CHANGELOG.md", "utf8");
const { version } = JSON.parse(await readFile("package.json", "utf8"));
const manifest = { version, repository: { url: "git+https://github.com/octo/learnproof.git" } };

test("a release lacks nothing whose tag, version and section of CHANGELOG.md agree", () => {
  const dated = changelog.replace("## Unreleased", `## Unreleased\n\n## ${version} (2030-01-01)`);

  expect(releaseFaults({ tag: `v${version}`, manifest, changelog: dated })).toEqual([]);
});

test.each([
  ["another tag", { tag: "v9.9.9" }, "the tag v9.9.9 must be"],
  ["no section of its version", { changelog: "# Changelog\n\n## Unreleased\n" }, "must have a section"],
  [
    "a placeholder for its repository",
    { manifest: { version, repository: { url: "git+https://github.com/OWNER/learnproof.git" } } },
    "in place of OWNER",
  ],
])("a release is refused with %s", (_fault, change, message) => {
  const dated = `# Changelog\n\n## ${version} (2030-01-01)\n`;

  const faults = releaseFaults({ tag: `v${version}`, manifest, changelog: dated, ...change });

  expect(faults).toEqual([expect.stringContaining(message)]);
});
