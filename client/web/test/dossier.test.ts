import { describe, expect, it } from 'vitest';
import { partsOf, receiptOf, whereOf } from '../src/dossier';

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
