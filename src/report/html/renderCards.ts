import { escapeMarkup } from "./markup.ts";
import { renderPage } from "./page.ts";
import { type RunCard, renderCard } from "./runCard.ts";

/** Cards that belong together, such as those of one file. */
export interface CardGroup {
  readonly title: string;
  readonly cards: readonly RunCard[];
}

/** What a page of cards says at its top. */
export interface CardsHeading {
  readonly headline: string;
  readonly lead: string;
  readonly about: readonly string[];
}

/** A page that gathers many runs: groups with something wrong come first, and within them what is wrong. */
export function renderCards({ headline, lead, about }: CardsHeading, groups: readonly CardGroup[]): string {
  const isWell = ({ cards }: CardGroup) => cards.every((card) => card.isWell);
  const ordered = [...groups].sort((a, b) => Number(isWell(a)) - Number(isWell(b)));
  return renderPage({
    title: `${headline} (learnproof)`,
    about,
    opening: `<h1>${escapeMarkup(headline)}</h1><p class="lead">${escapeMarkup(lead)}</p>`,
    sections: ordered.map(({ title, cards }, index) => ({
      id: `group${index}`,
      title,
      body: `<div class="charts">${[...cards]
        .sort((a, b) => Number(a.isWell) - Number(b.isWell))
        .map(renderCard)
        .join("\n")}</div>`,
    })),
  });
}
