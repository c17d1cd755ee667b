import { average } from "../../foundation/numbers/statistics.ts";
import { metrics } from "../gate/comparing/metrics.ts";
import { divide } from "./eDivisive.ts";
import type { HistoryLine } from "./historyLine.ts";

/** A metric of a subject at a commit. */
export interface HistoryPoint {
  readonly commit: string;
  readonly time: string;
  readonly engine: string;
  readonly subject: string;
  readonly metric: string;
  readonly level: number;
  readonly seeds: number;
  readonly digest: string | null;
}

/** One metric of one subject on one engine, oldest commit first. */
export interface Trend {
  readonly engine: string;
  readonly subject: string;
  readonly metric: string;
  readonly points: readonly HistoryPoint[];
}

/** A commit from which a metric has another level. */
export interface ChangePoint {
  readonly engine: string;
  readonly subject: string;
  readonly metric: string;
  /** The first commit of the new level. */
  readonly commit: string;
  readonly time: string;
  /** Geometric means of the levels on both sides, up to the next change points. */
  readonly before: number;
  readonly after: number;
  /** How many times as bad it became; below 1 it became better. */
  readonly ratio: number;
  /** The probability that commits in random order divide as well. */
  readonly p: number;
  /** Whether it became worse by enough to matter. */
  readonly worse: boolean;
}

/** The most commits of a trend that are searched: permutations take time by the square. */
const MOST_SEARCHED = 200;

/** Chance divides one series of a hundred; a history has a few for each subject. */
const SIGNIFICANCE = 0.01;

/** Lists every number of a history by itself. */
export function pointsOf(lines: readonly HistoryLine[]): readonly HistoryPoint[] {
  return lines.flatMap(({ commit, time, engine, subjects }) =>
    subjects.flatMap(({ subject, digest, metrics: measured }) =>
      Object.entries(measured).map(([metric, { level, seeds }]) => ({
        commit,
        time,
        engine,
        subject,
        metric,
        level,
        seeds,
        digest,
      })),
    ),
  );
}

/** Sorts points into trends. */
export function trendsOf(points: readonly HistoryPoint[]): readonly Trend[] {
  const trends = new Map<string, HistoryPoint[]>();
  for (const point of points) {
    const key = JSON.stringify([point.engine, point.subject, point.metric]);
    trends.set(key, [...(trends.get(key) ?? []), point]);
  }
  return [...trends.values()].map((own) => {
    const { engine, subject, metric } = own[0] as HistoryPoint;
    return { engine, subject, metric, points: own };
  });
}

/**
 * Finds the commits from which a metric has another level. A loss that grows by a little with every commit divides into
 * an earlier and a later part, though no single step of it would fail a gate.
 *
 * @param floor the ratio that matters, as for the gate: half of it, on a logarithmic scale, is worse.
 */
export function changePointsOf({ points, ...names }: Trend, floor: number): readonly ChangePoint[] {
  const metric = metrics.find(({ name }) => name === names.metric);
  if (metric?.scale !== "ratio") return [];
  const recent = points.slice(-MOST_SEARCHED);
  // Greater is worse, and levels differ by factors.
  const sign = metric.moreIsBetter ? -1 : 1;
  const badnesses = recent.map(({ level }) => sign * Math.log(Math.max(level, LEAST_LEVEL)));
  const name = `${names.engine}/${names.subject}/${names.metric}`;
  const divisions = divide(badnesses, name, SIGNIFICANCE);
  return divisions.map(({ at, p }, index) => {
    const before = average(badnesses.slice(divisions[index - 1]?.at ?? 0, at));
    const after = average(badnesses.slice(at, divisions[index + 1]?.at));
    const { commit, time } = recent[at] as HistoryPoint;
    return {
      ...names,
      commit,
      time,
      before: Math.exp(sign * before),
      after: Math.exp(sign * after),
      ratio: Math.exp(after - before),
      p,
      worse: after - before >= Math.log(floor) / 2,
    };
  });
}

/** What has no logarithm is drawn and searched at this level. */
const LEAST_LEVEL = 1e-6;
