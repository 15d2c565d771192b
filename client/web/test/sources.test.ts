import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const folder = new URL('..', import.meta.url).pathname;

function filesOf(part: string): string[] {
  return readdirSync(join(folder, part), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesOf(`${part}/${entry.name}`) : [`${part}/${entry.name}`],
  );
}

it('the build knows every file of the pages', () => {
  const listed = readFileSync(join(folder, 'sources.cmake'), 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('src/'));
  expect(listed).toEqual(filesOf('src').sort());
});

// The policy of the page forbids all of these, and the browser would only say so when the page is opened.
it('nothing on a page breaks its policy', () => {
  const broken = filesOf('src').filter((file) => /\{@html|\sstyle="|\son[a-z]+="[a-z]|innerHTML|\bany\b\s*[;,)>=]/.test(readFileSync(join(folder, file), 'utf8')));
  expect(broken).toEqual([]);
});

it('no file is longer than 300 lines', () => {
  const long = filesOf('src').filter((file) => readFileSync(join(folder, file), 'utf8').split('\n').length > 300);
  expect(long).toEqual([]);
});
