/*
 * One build for every page: four entry points, written with hashed names and a manifest that the Django template tag
 * `{% asset %}` reads. Addresses inside the output are relative, so STATIC_URL may be anything. Nothing is inlined:
 * the content security policy allows files of this site only.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
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
    outDir: here('../src/lontar/ui/static/assets'),
    emptyOutDir: true,
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
