import { expect, it } from 'vitest';
import { Problem } from '../src/api_types';
import { message } from '../src/problems';
import { vi } from '../src/text/vi';

const told = (message_vi: string) => message(new Problem({ message_vi }), 'vi', vi);

it('a refusal is told without the codes that programs read', () => {
  expect(told('Hồ sơ không ở bước cho phép việc này (wrong_phase: sẽ không có hiệu lực.)')).toBe('Hồ sơ không ở bước cho phép việc này');
  expect(told('Thiếu tài liệu bắt buộc (documents_missing: Còn thiếu: Giấy (a).)')).toBe('Thiếu tài liệu bắt buộc (Còn thiếu: Giấy (a).)');
  expect(told('Không có giấy chứng nhận 1/2023.')).toBe('Không có giấy chứng nhận 1/2023.');
});
