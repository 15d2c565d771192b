import { describe, expect, it } from 'vitest';
import { criteriaOf, decodeOptions, encodeOptions, mayFitNone, noneFits, partsOf, receiptOf, totalOf, unanswered, whereOf } from '../src/dossier';

const sheet = {
  criteria: [
    { no: '1.1', section: 'A', name_vi: 'Nguồn', name_en: 'Source', points_max: '3', assessed_by: 'commune', options: [{ points: '1' }, { points: '2,5', gate: 3 }] },
    { no: '1.2', section: 'A', name_vi: 'Vùng', name_en: 'Area', points_max: '2', assessed_by: '', options: [{ points: '0' }, { points: '0.25' }] },
  ],
};

describe('criteria', () => {
  const criteria = criteriaOf(sheet, 'vi');
  it('adds exact hundredths', () => {
    expect(totalOf(criteria, [2, 2])).toBe(275);
    expect(totalOf(criteria, [noneFits, unanswered])).toBe(0);
  });
  it('writes options as the command line takes them', () => {
    expect(encodeOptions([2, noneFits, unanswered])).toBe('0200ff');
    expect(decodeOptions('0200ff', 4)).toEqual([2, 0, 255, 255]);
  });
  it('knows where none may fit', () => {
    expect(criteria.map(mayFitNone)).toEqual([true, false]);
  });
});

describe('parts', () => {
  const rules = {
    contents: [{ document: 'form', name_vi: 'Phiếu', mandatory: true }, { document: 'samples', name_vi: 'Mẫu', mandatory: false }],
    stages: [{ stage: 'commune', name_vi: 'Xã', does: 'opinion' }, { stage: 'district', name_vi: 'Huyện', does: 'council' }],
  };
  it('counts what the desk misses', () => {
    const dossier = { documents: [{ document: 'form' }], opinions: [], missing: [{ part: 'criterion', key: '1.1' }, { part: 'opinion', key: 'commune' }], returned_items: [{ item: 'form', reason: 'Thiếu chữ ký' }] };
    expect(partsOf(dossier, rules, 'vi', 'Tự đánh giá').map((part) => [part.key, part.done, part.left, part.returned])).toEqual([
      ['form', true, 0, 'Thiếu chữ ký'],
      ['self', false, 1, ''],
      ['commune', false, 0, ''],
    ]);
  });
  it('leads to where a part is done', () => {
    expect(whereOf({ kind: 'document', key: 'form', name: '', done: false, left: 0, returned: '' }, 'x')).toBe('/dossiers/x/evidence?document=form');
  });
});

describe('receipts', () => {
  it('are short', () => {
    expect(receiptOf('e48c98f3087aff26')).toBe('E48C-98F3');
  });
});
