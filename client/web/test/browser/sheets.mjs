// Score sheets of the published rule set: options that add up to a wanted total and keep the gates of the wanted stars, as assessors choose them.
import { readFileSync } from 'node:fs';

const rules = JSON.parse(readFileSync(new URL('../../../../schema/rules/ocop-148-2023.json', import.meta.url), 'utf8'));

/** The criteria of a product set in printed order: {no, options: [{points, gate}]}; points in hundredths. */
export const criteriaOf = (set) => rules.productSets.find(({ key }) => key === set).sections.flatMap(({ groups }) => groups.flatMap(({ criteria }) => criteria));

const pointsAt = (criterion, place) => criterion.options[place - 1]?.points ?? 0;
export const totalOf = (criteria, chosen) => criteria.reduce((sum, each, at) => sum + pointsAt(each, chosen[at]), 0);

/** Places of options, counted from 1. `salt` varies which criteria carry the points. */
export function choose(criteria, wanted, stars, salt = 0) {
  const chosen = criteria.map(({ options }) => Math.max(1, ...options.map(({ gate = 0 }, at) => (gate > 0 && gate <= stars ? at + 1 : 0))));
  const order = criteria.map((_, at) => at).sort((a, b) => ((a * 7 + salt * 5) % criteria.length) - ((b * 7 + salt * 5) % criteria.length));
  let left = wanted - totalOf(criteria, chosen);
  for (let moved = true; moved; ) {
    moved = false;
    for (const at of order) {
      const gain = pointsAt(criteria[at], chosen[at] + 1) - pointsAt(criteria[at], chosen[at]);
      if (chosen[at] >= criteria[at].options.length || gain < 0 || gain > left) continue;
      chosen[at] += 1;
      left -= gain;
      moved = true;
    }
  }
  return chosen;
}

/** Hundredths as the pages write them: 6571 is "65,71". */
export const told = (hundredths) => (hundredths / 100).toLocaleString('vi-VN', { maximumFractionDigits: 2, useGrouping: false });
