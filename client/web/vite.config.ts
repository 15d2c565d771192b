import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// Everything is a file of its own: the page's policy allows neither inline scripts and styles nor data: addresses.
export default defineConfig({
  plugins: [svelte()],
  build: {
    target: 'chrome109',
    cssTarget: 'chrome109',
    outDir: process.env.HOSO_WEB_DIST ?? 'dist',
    emptyOutDir: true,
    assetsDir: 'assets',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // Pages compress far better together than in sixty files of a few lines; the chart alone is fetched when it is looked at.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'pages', test: /src\/(views|components|text)\// }] } } },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': process.env.HOSO_API ?? 'http://127.0.0.1:8620' },
  },
  test: { include: ['test/**/*.test.ts'], environment: 'node' },
});
