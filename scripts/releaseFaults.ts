/** What a release is made from. */
export interface Release {
  /** The tag that was pushed, such as `v0.2.0`. */
  readonly tag: string;
  readonly manifest: { readonly version: string; readonly repository: { readonly url: string } };
  /** The text of CHANGELOG.md. */
  readonly changelog: string;
}

/** Lists what has to be mended before a version is published, each a sentence; a published version stays for ever. */
export function releaseFaults({ tag, manifest, changelog }: Release): readonly string[] {
  const { version, repository } = manifest;
  return [
    ...(tag === `v${version}` ? [] : [`the tag ${tag} must be v${version}, the version of package.json`]),
    ...(changelog.includes(`\n## ${version} `)
      ? []
      : [`CHANGELOG.md must have a section "## ${version} (DATE)" for what is released`]),
    ...(repository.url.includes("OWNER")
      ? ["package.json must name the repository in place of OWNER: npm compares it with where the job runs"]
      : []),
  ];
}
