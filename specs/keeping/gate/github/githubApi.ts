import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Comment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string };
}

/** How the server answers: as GitHub does, or as a broken proxy or a server that is down does. */
export type Manner =
  | "well"
  | "never"
  | "a byte a second"
  | "no list of comments"
  | "pages without an end"
  | "an error that quotes the token";

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
  /** Whose the token is; null where it is an app's, which GitHub refuses to name. */
  login: string | null;
  /** The login under which the app's comments stand. */
  bot: string;
  manner: Manner;
  /** Answers every write as it does to the token of a fork. */
  readOnly: boolean;
  readonly close: () => Promise<void>;
}

const ISSUE = "/repos/octo/learner/issues/7/comments";
const COMMENT = /^\/repos\/octo\/learner\/issues\/comments\/(\d+)$/;

/** The login of the workflow's own app. */
export const ACTIONS = "github-actions[bot]";

export async function startGithubApi(): Promise<GithubApi> {
  const server = createServer((request, response) => {
    if (api.manner === "never" || api.manner === "a byte a second") {
      api.requests.push(readRequest(api, request));
      if (api.manner === "a byte a second") drip(response);
      return;
    }
    answer(api, request).then(
      ({ status, body, headers }) => send(response, status, body, headers),
      (error: Error) => send(response, 500, { message: error.message }),
    );
  });
  const api = {
    url: "",
    comments: [] as Comment[],
    requests: [] as Request[],
    login: null as string | null,
    bot: ACTIONS,
    manner: "well" as Manner,
    readOnly: false,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
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

function readRequest(api: GithubApi, { url, method, headers }: IncomingMessage): Request {
  const { pathname } = new URL(url ?? "", api.url);
  return { method: method ?? "", path: pathname, authorization: headers.authorization };
}

function drip(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json" });
  const drops = setInterval(() => response.write(" "), 1000);
  response.on("close", () => clearInterval(drops));
}

async function answer(api: GithubApi, request: IncomingMessage): Promise<Answer> {
  const { pathname, searchParams } = new URL(request.url ?? "", api.url);
  const asked = readRequest(api, request);
  const { method } = asked;
  api.requests.push(asked);
  if (api.manner === "an error that quotes the token")
    return { status: 500, body: { message: `bad credentials: ${asked.authorization}` } };
  if (method === "GET" && pathname === "/user")
    return api.login === null
      ? forbidden("Resource not accessible by integration")
      : { status: 200, body: { login: api.login } };
  if (method === "GET" && pathname === ISSUE) return list(api, searchParams);
  if (api.readOnly) return forbidden("Resource not accessible by integration");
  if (method === "DELETE") return remove(api, pathname);
  const body = JSON.parse(await read(request)).body as string;
  if (method === "POST" && pathname === ISSUE) {
    const comment = {
      id: 1000 + api.comments.length,
      body,
      user: { login: api.login ?? api.bot },
    };
    api.comments.push(comment);
    return { status: 201, body: comment };
  }
  const id = Number(COMMENT.exec(pathname)?.[1]);
  const comment = api.comments.find((candidate) => candidate.id === id);
  if (method !== "PATCH" || !comment) return { status: 404, body: { message: "Not Found" } };
  comment.body = body;
  return { status: 200, body: comment };
}

function remove({ comments }: GithubApi, path: string): Answer {
  const at = comments.findIndex(({ id }) => id === Number(COMMENT.exec(path)?.[1]));
  if (at < 0) return { status: 404, body: { message: "Not Found" } };
  comments.splice(at, 1);
  return { status: 204, body: "" };
}

/** One page, and where the next one is, as GitHub says it. */
function list(api: GithubApi, asked: URLSearchParams): Answer {
  const size = Number(asked.get("per_page") ?? 30);
  const page = Number(asked.get("page") ?? 1);
  if (api.manner === "no list of comments") return { status: 200, body: { message: "proxy" } };
  const next = `<${api.url}${ISSUE}?per_page=${size}&page=${page + 1}>; rel="next"`;
  return {
    status: 200,
    body: api.comments.slice((page - 1) * size, page * size),
    headers: api.manner === "pages without an end" || page * size < api.comments.length ? { link: next } : {},
  };
}

function forbidden(message: string): Answer {
  return { status: 403, body: { message } };
}

function send(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
  response.end(status === 204 ? undefined : JSON.stringify(body));
}

async function read(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
}
