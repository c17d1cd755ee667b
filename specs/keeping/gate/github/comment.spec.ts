import { getOctokit } from "@actions/github";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeComment } from "../../../../src/keeping/gate/github/comment.ts";
import { ACTIONS, type GithubApi, startGithubApi } from "./githubApi.ts";

const target = { owner: "octo", repo: "learner", number: 7, marker: "<!-- learnproof gate wasm -->" };

let api: GithubApi;

beforeEach(async () => {
  api = await startGithubApi();
});

afterEach(() => api.close());

function write(markdown: string, signal = new AbortController().signal): Promise<void> {
  return writeComment(getOctokit("t0ken", { baseUrl: api.url }), markdown, target, signal);
}

function add(id: number, login: string, text = "old"): void {
  api.comments.push({ id, body: `${target.marker}\n${text}`, user: { login } });
}

const bodies = () => api.comments.map(({ body }) => body.slice(target.marker.length + 1));

describe("the comment on a pull request", () => {
  test.each([null, "octocat"])(
    "is made once, and updated in place from then on, by the token of %s",
    async (login) => {
      api.login = login;

      await write("first");
      await write("second");

      expect(api.comments).toEqual([
        { id: 1000, body: `${target.marker}\nsecond`, user: { login: login ?? ACTIONS } },
      ]);
      expect(api.requests.map(({ method, path }) => `${method} ${path.split("/").at(-1)}`)).toEqual([
        "GET comments",
        "POST comments",
        "GET comments",
        "GET user",
        "PATCH 1000",
      ]);
      expect(api.requests.every(({ authorization }) => authorization === "token t0ken")).toBe(true);
    },
  );

  test("is found on the third page, among comments that only quote its marker", async () => {
    const user = { login: ACTIONS };
    const others = Array.from({ length: 230 }, (_, id) => ({ id, body: `> ${target.marker}`, user }));
    api.comments.push(...others);
    add(500, ACTIONS);

    await write("new");

    expect(api.comments).toHaveLength(231);
    expect(api.comments[230]).toMatchObject({ id: 500, body: `${target.marker}\nnew` });
    expect(api.requests.filter(({ path }) => path.endsWith("comments"))).toHaveLength(3);
  });

  test.each([
    ["an app's", null, "octocat"],
    ["a user's", "octocat", ACTIONS],
    ["a user's", "octocat", "mallory"],
  ])("is made anew by %s token beside one with its marker that it did not write", async (_, login, other) => {
    api.login = login;
    for (let id = 1; id <= 120; id++) add(id, other, "all is well");

    await write("it is not");

    expect(bodies()).toEqual([...Array.from({ length: 120 }, () => "all is well"), "it is not"]);
    expect(api.requests.length).toBeLessThan(10);
  });

  test("of ours is found behind a stranger's that has its marker", async () => {
    add(3, "mallory", "all is well");
    add(4, ACTIONS);

    await write("it is not");

    expect(bodies()).toEqual(["all is well", "it is not"]);
  });

  test("by an app of somebody's own takes the place of what that app wrote, and of nothing else", async () => {
    add(3, "mallory", "all is well");
    api.bot = "our-app[bot]";
    await write("first");
    add(4, "mallory", "all is well still");

    await write("second");

    expect(bodies()).toEqual(["all is well", "all is well still", "second"]);
  });

  test("of another engine is left alone", async () => {
    const user = { login: ACTIONS };
    api.comments.push({ id: 3, body: "<!-- learnproof gate tensorflow -->\nfine", user });

    await write("new");

    expect(api.comments).toHaveLength(2);
    expect(api.comments[0]?.body).toContain("fine");
  });

  test("is not made a second time where the list of comments is none", async () => {
    api.manner = "no list of comments";

    await expect(write("new")).rejects.toThrow("GitHub's list of comments was no list");
    expect(api.comments).toEqual([]);
  });

  test("is looked for on ten pages, and not made where there are more", async () => {
    api.manner = "pages without an end";

    await expect(write("new")).rejects.toThrow(/the first 10 hold none of ours/);
    expect(api.requests).toHaveLength(10);
    expect(api.comments).toEqual([]);
  });

  test.each(["never", "a byte a second"] as const)(
    "ends when its time is over, where GitHub answers %s",
    async (manner) => {
      api.manner = manner;
      const patience = new AbortController();
      setTimeout(() => patience.abort(), 300);

      await expect(write("new", patience.signal)).rejects.toThrow(/abort/);
      expect(api.requests).toHaveLength(1);
    },
  );

  test("throws what GitHub answers a token that may not comment", async () => {
    api.readOnly = true;

    await expect(write("new")).rejects.toThrow(/Resource not accessible by integration/);
  });
});
