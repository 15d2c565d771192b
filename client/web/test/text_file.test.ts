import { expect, it } from 'vitest';
import { textFile } from '../src/text_file';

it('Vietnamese text comes as it is, without the mark at its front', async () => {
  expect(await textFile(new File(['\ufeffTên\nChè Shan tuyết'], 'a.csv'))).toEqual({ name: 'a.csv', text: 'Tên\nChè Shan tuyết' });
});

it('what is not UTF-8 is not guessed at', async () => {
  expect(await textFile(new File([new Uint8Array([0x54, 0xea, 0x6e])], 'a.csv'))).toBeNull();
});
