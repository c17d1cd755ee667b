import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Comment {
  readonly id: number;
  body: string;
}

/** A request as the server got it. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
}

/** GitHub's API for the comments of one issue, on loopback, with its pages and its answers to the unwelcome. */
export interface GithubApi {
  readonly url: string;
  readonly comments: Comment[];
  readonly requests: Request[];
  /** Comments that are somebody else's, which may not be edited. */
  readonly foreign: Set<number>;
  /** Answers every write as it does to the token of a fork. */
  readOnly: boolean;
  readonly close: () => Promise<void>;
}

const ISSUE = "/repos/octo/learner/issues/7/comments";
const COMMENT = /^\/repos\/octo\/learner\/issues\/comments\/(\d+)$/;

export async function startGithubApi(): Promise<GithubApi> {
  const server = createServer((request, response) => {
    answer(api, request).then(
      ({ status, body, headers }) => send(response, status, body, headers),
      (error: Error) => send(response, 500, { message: error.message }),
    );
  });
  const api = {
    url: "",
    comments: [] as Comment[],
    requests: [] as Request[],
    foreign: new Set<number>(),
    readOnly: false,
    close: () => new Promise<void>((done) => server.close(() => done())),
  };
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  api.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return api;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

async function answer(api: GithubApi, request: IncomingMessage): Promise<Answer> {
  const { pathname, searchParams } = new URL(request.url ?? "", api.url);
  const method = request.method ?? "";
  api.requests.push({ method, path: pathname, authorization: request.headers.authorization });
  if (method === "GET" && pathname === ISSUE) return list(api, searchParams);
  if (api.readOnly) return forbidden("Resource not accessible by integration");
  const body = JSON.parse(await read(request)).body as string;
  if (method === "POST" && pathname === ISSUE) {
    const comment = { id: 1000 + api.comments.length, body };
    api.comments.push(comment);
    return { status: 201, body: comment };
  }
  const id = Number(COMMENT.exec(pathname)?.[1]);
  const comment = api.comments.find((candidate) => candidate.id === id);
  if (method !== "PATCH" || !comment) return { status: 404, body: { message: "Not Found" } };
  if (api.foreign.has(id)) return forbidden("You cannot edit this comment");
  comment.body = body;
  return { status: 200, body: comment };
}

/** One page, and where the next one is, as GitHub says it. */
function list(api: GithubApi, asked: URLSearchParams): Answer {
  const size = Number(asked.get("per_page") ?? 30);
  const page = Number(asked.get("page") ?? 1);
  const next = `<${api.url}${ISSUE}?per_page=${size}&page=${page + 1}>; rel="next"`;
  return {
    status: 200,
    body: api.comments.slice((page - 1) * size, page * size),
    headers: page * size < api.comments.length ? { link: next } : {},
  };
}

function forbidden(message: string): Answer {
  return { status: 403, body: { message } };
}

function send(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
  response.end(JSON.stringify(body));
}

async function read(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
}
