import { clopperPearson } from "./clopperPearson.ts";
import type { PartResult } from "./runPart.ts";

/**
 * Describes a campaign in Markdown, from the results of its parts: how often each law held, and every config that broke
 * one.
 */
export function describeCampaign(results: readonly PartResult[]): string {
  const claims = [...new Set(results.map(({ claim }) => claim))];
  return claims
    .map((claim) =>
      describeClaim(
        claim,
        results.filter((result) => result.claim === claim),
      ),
    )
    .join("\n");
}

function describeClaim(claim: string, results: readonly PartResult[]): string {
  const tried = sum(results.map((result) => result.tried));
  const early = results.filter(({ stoppedEarly }) => stoppedEarly).length;
  const laws = [...new Set(results.flatMap(({ held }) => Object.keys(held)))];
  const rows = laws.map((law) => {
    const held = sum(results.map((result) => result.held[law] ?? 0));
    const { low, high } = clopperPearson(held, tried);
    return `| ${law} | ${held} of ${tried} | ${percent(low)} to ${percent(high)} |`;
  });
  const exceptions = results.flatMap((result) =>
    result.exceptions.map(
      ({ index, broken, config }) =>
        `- config ${index} broke ${broken.join(", ")}; again: \`LEARNPROOF_CAMPAIGN=${result.campaign} LEARNPROOF_CONFIG=${index} npm run campaign\`\n  \`${JSON.stringify(config)}\``,
    ),
  );
  return [
    `### ${claim}: campaign ${results[0]?.campaign}, ${tried} configs`,
    ...(early > 0 ? ["", `${early} of ${results.length} parts stopped early: the answer was certain.`] : []),
    "",
    "| law | held | share, with 95 % confidence (Clopper–Pearson) |",
    "|---|---|---|",
    ...rows,
    "",
    ...exceptions,
    "",
  ].join("\n");
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
