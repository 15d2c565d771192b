import { describe, expect, it } from 'vitest';
import { match, withQuery } from '../src/route';

const patterns = [
  { name: 'home', path: '/' },
  { name: 'new', path: '/dossiers/new' },
  { name: 'dossier', path: '/dossiers/:id' },
  { name: 'score', path: '/sessions/:id/score/:dossier' },
] as const;

describe('match', () => {
  it.each([
    ['/', 'home', {}],
    ['/dossiers/new', 'new', {}],
    ['/dossiers/12ab/', 'dossier', { id: '12ab' }],
    ['/dossiers/ch%C3%A8', 'dossier', { id: 'chè' }],
    ['/sessions/1/score/2', 'score', { id: '1', dossier: '2' }],
  ])('%s is %s', (path, name, params) => expect(match(patterns, path)).toEqual({ name, params }));

  it.each(['/nowhere', '/dossiers/1/2', '/sessions/1'])('%s is no page', (path) => expect(match(patterns, path)).toBeNull());

  it('leaves an address that is no UTF-8 as it is', () => expect(match(patterns, '/dossiers/%ff')?.params).toEqual({ id: '%ff' }));
});

describe('withQuery', () => {
  it('changes what is asked and keeps the rest', () => {
    const query = new URLSearchParams('q=che&at=48211&page=3');
    expect(withQuery('/dossiers', query, { q: 'cam', page: null })).toBe('/dossiers?at=48211&q=cam');
    expect(withQuery('/dossiers', new URLSearchParams(), { 'filter.phase': ['a', 'b'] })).toBe('/dossiers?filter.phase=a&filter.phase=b');
    expect(withQuery('/', new URLSearchParams('q=1'), { q: null })).toBe('/');
  });
});
