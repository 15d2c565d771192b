import { daysBetween } from './format';

// At most so many of them, evenly spread, the first and the last among them.
export function evenly<Each>(all: readonly Each[], most: number): Each[] {
  const steps = Math.min(most, all.length) - 1;
  if (steps < 1) return all.slice(-1);
  return Array.from({ length: steps + 1 }, (_, step) => Math.round(((all.length - 1) * step) / steps)).flatMap((at) => all.slice(at, at + 1));
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
