import { expect, it } from 'vitest';
import { Problem } from '../src/api_types';
import { message } from '../src/problems';
import { half } from '../src/show';
import { vi as words } from '../src/text/vi';

const refused = (vi: string, en: string) => new Problem({ message_vi: vi, message_en: en });

it('a refusal is read out without the key of its reason', () => {
  const bare = refused('Hồ sơ không ở cấp này (wrong_stage: sẽ không có hiệu lực.)', 'The dossier is not at this stage (wrong_stage: it would have no effect.)');
  expect(message(bare, 'vi', words)).toBe('Hồ sơ không ở cấp này');
  expect(message(bare, 'en', words)).toBe('The dossier is not at this stage');
  const named = refused('Hồ sơ không ở cấp này (wrong_stage: Chè Shan chưa được tổng hợp.)', '');
  expect(message(named, 'vi', words)).toBe('Hồ sơ không ở cấp này (Chè Shan chưa được tổng hợp.)');
});

it('a remark is of one language, with its days as people write them', () => {
  expect(half('Đơn vị ngày 2023-12-12 / Units on 2023-12-12', 'vi')).toBe('Đơn vị ngày 12/12/2023');
  expect(half('148/QĐ-TTg', 'en')).toBe('148/QĐ-TTg');
});
