import { daysBetween } from './format';

// The days on which a round is looked at: evenly spread from its start to the last one, both included.
export function sampleDays(from: string, to: string, most: number): string[] {
  const span = daysBetween(from, to);
  if (span === null || span < 0) return [];
  const steps = Math.min(most - 1, span);
  const days = Array.from({ length: steps + 1 }, (_, step) => (steps === 0 ? 0 : Math.round((span * step) / steps)));
  return days.map((day) => new Date(Date.parse(`${from}T00:00:00Z`) + day * 86_400_000).toISOString().slice(0, 10));
}

// What must be done by each day for everything to be ready on the deadline: a straight line.
export function planned(total: number, from: string, deadline: string, day: string): number | null {
  const span = daysBetween(from, deadline);
  const gone = daysBetween(from, day);
  if (span === null || gone === null || span <= 0) return null;
  return (total * Math.min(Math.max(gone, 0), span)) / span;
}

export interface Tile {
  late: number;
  behind: boolean;
  left: number;
  path: string;
}

// Late units first, then those that are behind, then those with most left.
export function byUrgency(a: Tile, b: Tile): number {
  return b.late - a.late || Number(b.behind) - Number(a.behind) || b.left - a.left || a.path.localeCompare(b.path);
}
