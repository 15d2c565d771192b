import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

const components = readdirSync(new URL('src', import.meta.url), { recursive: true })
  .map((file) => basename(file))
  .filter((file) => file.endsWith('.svelte'))
  .sort();

export default {
  preprocess: vitePreprocess(),
  compilerOptions: {
    runes: true,
    // A component's styles are kept to it by a class: its number, as hashes do not compress. Names of components are unique.
    cssHash: ({ filename }) => `s${components.indexOf(basename(filename)).toString(36)}`,
  },
};
