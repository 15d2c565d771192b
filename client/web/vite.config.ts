import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

// Svelte can take over pages that a server wrote; nothing here is written by one, so what serves that is left out of the scripts.
const neverHydrated: Plugin = {
  name: 'never-hydrated',
  apply: 'build',
  transform(code, id) {
    if (!id.endsWith('/svelte/src/internal/client/dom/hydration.js')) return null;
    const fixed = code.replace('export let hydrating = false;', 'export const hydrating = false;').replace('\thydrating = value;\n', '');
    if (/let hydrating|hydrating = value/.test(fixed)) throw new Error('this version of Svelte hydrates in another way: mend or drop never-hydrated');
    return { code: fixed, map: null };
  },
};

// The chart's script is the only one that is fetched later, and has nothing else to be fetched with it.
const nothingPreloaded: Plugin = {
  name: 'nothing-preloaded',
  apply: 'build',
  enforce: 'pre',
  load: (id) => (id.endsWith('vite/preload-helper.js') ? 'export const __vitePreload = (load) => load();' : null),
};

// Everything is a file of its own: the page's policy allows neither inline scripts and styles nor data: addresses.
export default defineConfig({
  plugins: [svelte(), neverHydrated, nothingPreloaded],
  build: {
    target: 'chrome109',
    cssTarget: 'chrome109',
    outDir: process.env.HOSO_WEB_DIST ?? 'dist',
    emptyOutDir: true,
    assetsDir: 'assets',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': process.env.HOSO_API ?? 'http://127.0.0.1:8620' },
  },
  test: { include: ['test/**/*.test.ts'], environment: 'node' },
});
