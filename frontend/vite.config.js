/*
 * One build for every page: four entry points, written with hashed names and a manifest that the Django template tag
 * `{% asset %}` reads. Addresses inside the output are relative, so STATIC_URL may be anything. Nothing is inlined:
 * the content security policy allows files of this site only. Files of earlier builds stay for a day: a running server, or
 * a page in somebody's hand, still names them.
 */
import { existsSync, readFileSync, readdirSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const out = here('../src/lontar/ui/static/assets');
const DAY = 24 * 60 * 60 * 1000;

/** Removes what no build has written for a day. */
const sweep = {
  name: 'sweep',
  closeBundle() {
    for (const name of readdirSync(out)) {
      const file = join(out, name);
      if (statSync(file).isFile() && Date.now() - statSync(file).mtimeMs > DAY) unlinkSync(file);
    }
  },
};

/** Writes each text file compressed beside itself: the web server sends that one to browsers that can read it. */
const squeeze = {
  name: 'squeeze',
  closeBundle() {
    for (const name of readdirSync(out).filter((one) => /-[\w-]{8}\.(css|js|mjs|json|svg)$/.test(one))) {
      const file = join(out, name);
      if (!existsSync(`${file}.gz`)) writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
    }
  },
};

export default defineConfig({
  plugins: [sweep, squeeze],
  root: here('.'),
  base: './',
  publicDir: false,
  resolve: {
    alias: {
      '@sans': here('node_modules/@fontsource-variable/source-sans-3/files'),
      '@serif': here('node_modules/@fontsource/source-serif-4/files'),
    },
  },
  worker: { format: 'es' },
  css: {
    preprocessorOptions: {
      scss: {
        loadPaths: [here('node_modules')],
        quietDeps: true,
        // Bootstrap 5.3 is written for the old module system.
        silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function'],
      },
    },
  },
  build: {
    outDir: out,
    emptyOutDir: false,
    assetsDir: '',
    manifest: 'manifest.json',
    target: ['chrome87', 'firefox88', 'safari14.1'],
    cssTarget: ['chrome87', 'firefox88', 'safari14.1'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    reportCompressedSize: true,
    rollupOptions: {
      input: {
        public: here('src/public.js'),
        office: here('src/office.js'),
        map: here('src/map.js'),
        chart: here('src/chart.js'),
      },
    },
  },
});
