// Apart from the commands, because this package reads the workflow's event while it loads, and a broken event must not
// cost the annotations.

export { context, getOctokit } from "@actions/github";
