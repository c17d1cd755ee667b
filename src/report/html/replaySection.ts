import type { Config } from "../../learning/config/schema.ts";
import type { Engine } from "../../learning/engine/startEngine.ts";
import { escapeMarkup, renderFolded } from "./markup.ts";
import type { Section } from "./page.ts";

/** How to make the run again, with its config. */
export function renderReplay(
  config: Config | null,
  { engine, digest, again }: { readonly engine: Engine; readonly digest: string; readonly again: string },
): Section {
  const body = `<p>The same config, seed and engine give the same bits. <code>${escapeMarkup(again)}</code> makes the run again; its digest is <code>${escapeMarkup(digest)}</code>.</p>
${config === null ? "" : renderConfig(config, engine.name)}`;
  return { id: "replay", title: "Replay", body };
}

function renderConfig(config: Config, engine: string): string {
  return `<p><code>npx learnproof record config.json --out capsule.json --engine ${escapeMarkup(engine)}</code> keeps the run, and <code>npx learnproof replay capsule.json</code> repeats it.</p>
${renderFolded("The whole config, defaults included", `<button type="button" data-copies="config" hidden>Copy the config</button><pre id="config" tabindex="0">${escapeMarkup(JSON.stringify(config, null, 2))}</pre>`)}`;
}
