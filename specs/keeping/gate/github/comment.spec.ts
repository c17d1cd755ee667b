import { getOctokit } from "@actions/github";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeComment } from "../../../../src/keeping/gate/github/comment.ts";
import { type GithubApi, startGithubApi } from "./githubApi.ts";

const target = { owner: "octo", repo: "learner", number: 7, marker: "<!-- learnproof gate wasm -->" };

let api: GithubApi;

beforeEach(async () => {
  api = await startGithubApi();
});

afterEach(() => api.close());

function write(markdown: string): Promise<void> {
  return writeComment(getOctokit("t0ken", { baseUrl: api.url }), markdown, target);
}

describe("the comment on a pull request", () => {
  test("is made once, and updated in place from then on", async () => {
    await write("first");
    await write("second");

    expect(api.comments).toEqual([{ id: 1000, body: `${target.marker}\nsecond` }]);
    expect(api.requests.map(({ method }) => method)).toEqual(["GET", "POST", "GET", "PATCH"]);
    expect(api.requests.every(({ authorization }) => authorization === "token t0ken")).toBe(true);
  });

  test("is found on the third page, among comments that only quote its marker", async () => {
    const others = Array.from({ length: 230 }, (_, id) => ({ id, body: `> ${target.marker}` }));
    api.comments.push(...others, { id: 500, body: `${target.marker}\nold` });

    await write("new");

    expect(api.comments).toHaveLength(231);
    expect(api.comments[230]).toEqual({ id: 500, body: `${target.marker}\nnew` });
    expect(api.requests.filter(({ method }) => method === "GET")).toHaveLength(3);
  });

  test("is made anew where somebody else wrote one with its marker", async () => {
    api.comments.push({ id: 3, body: `${target.marker}\nall is well` });
    api.foreign.add(3);

    await write("it is not");

    expect(api.comments.map(({ body }) => body)).toEqual([
      `${target.marker}\nall is well`,
      `${target.marker}\nit is not`,
    ]);
  });

  test("of another engine is left alone", async () => {
    api.comments.push({ id: 3, body: "<!-- learnproof gate tensorflow -->\nfine" });

    await write("new");

    expect(api.comments).toHaveLength(2);
    expect(api.comments[0]?.body).toContain("fine");
  });

  test("keeps its headline where the whole is longer than GitHub takes", async () => {
    await write(`## The gate fails\n\n<code>${"x".repeat(70_000)}</code>`);

    expect(api.comments[0]?.body).toBe(
      `${target.marker}\n## The gate fails\n\nToo long for a comment: see the summary of the job.`,
    );
  });

  test("throws what GitHub answers a token that may not comment", async () => {
    api.readOnly = true;

    await expect(write("new")).rejects.toThrow(/Resource not accessible by integration/);
  });
});
