// The web apps: staff at `/`, phone pages at `/m/`, a survey by link at `/s/`; files with hashed names, compressed beside themselves.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const root = resolve(import.meta.dirname, 'src/apps');
const outDir = resolve(import.meta.dirname, 'dist/web');

/** Replaces one place of a package's file, and fails the build when a new version no longer has it. */
function replaceOnce(code: string, id: string, was: string, is: string): string {
  if (code.split(was).length !== 2) throw new Error(`${id} changed: look for ${was} again`);
  return code.replace(was, is);
}

/** What a content policy of `script-src 'self'; style-src 'self'` asks of packages that would break it. */
function withinContentPolicy(): Plugin {
  const ours = JSON.stringify(resolve(import.meta.dirname, 'src/ui/adoptedSheets.ts'));
  return {
    name: 'within-content-policy',
    enforce: 'pre',
    transform(code, id) {
      // antd writes its styles by this module: ours needs no `<style>` element.
      if (/@rc-component\/util\/es\/Dom\/dynamicCSS\.js$/.test(id))
        return `export { clearContainerCache, injectCSS, removeCSS, updateCSS } from ${ours};`;
      // Its icons carry a copy of it.
      if (/@ant-design\/icons\/es\/cssUtils\.js$/.test(id)) {
        const renamed = replaceOnce(code, id, 'export function updateCSS(', 'function theirUpdateCSS(');
        return `${renamed}\nexport { updateCSS } from ${ours};`;
      }
      // zod compiles its parsers by `new Function`; even asking whether it may is reported as a violation.
      if (/zod\/v4\/core\/core\.js$/.test(id))
        return replaceOnce(code, id, '(_a.__zod_globalConfig = {})', '(_a.__zod_globalConfig = { jitless: true })');
      return null;
    },
  };
}

/** Browsers parse by our schemas but never turn them into JSON Schema: 9 kB gz less for a phone on a poor signal. */
function schemasWithoutJsonSchema(): Plugin {
  const stubs = ['createToJSONSchemaMethod', 'createStandardJSONSchemaMethod', 'initializeContext', 'processSchema']
    .concat('extractDefs', 'finalize')
    .map((name) => `export const ${name} = () => () => undefined;`)
    .join('\n');
  return {
    name: 'schemas-without-json-schema',
    enforce: 'pre',
    apply: 'build',
    load(id) {
      if (/zod\/v4\/core\/json-schema-processors\.js$/.test(id))
        return 'export const toJSONSchema = () => undefined, allProcessors = {};';
      return /zod\/v4\/core\/to-json-schema\.js$/.test(id) ? stubs : null;
    },
  };
}

/** Writes the phone's service worker with the files of this build: every chunk its page may load, styles, the page itself. */
function phoneWorker(): Plugin {
  const source = resolve(root, 'phone/offlineWorker.js');
  const always = ['/m/', '/theme.js', '/favicon.svg', '/phone.webmanifest'];
  return {
    name: 'phone-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const files = new Set<string>();
        const walk = (name: string): void => {
          if (files.has(name)) return;
          files.add(name);
          const chunk = bundle[name];
          if (chunk?.type !== 'chunk') return;
          for (const next of [...chunk.imports, ...chunk.dynamicImports]) walk(next);
          for (const next of chunk.viteMetadata?.importedCss ?? []) files.add(next);
          for (const next of chunk.viteMetadata?.importedAssets ?? []) files.add(next);
        };
        const entry = Object.values(bundle).find((one) => one.type === 'chunk' && one.isEntry && one.name === 'phone');
        if (!entry) this.error('the phone app has no entry');
        walk(entry.fileName);
        const list = [...always, ...[...files].map((name) => `/${name}`).sort()];
        const page = bundle['phone/index.html'];
        const release = createHash('sha256')
          .update(JSON.stringify(list))
          .update(page?.type === 'asset' ? String(page.source) : '')
          .digest('hex')
          .slice(0, 12);
        const code = replaceOnce(readFileSync(source, 'utf8'), source, '__FILES__', JSON.stringify(list));
        this.emitFile({
          type: 'asset',
          fileName: 'm/worker.js',
          source: replaceOnce(code, source, '__RELEASE__', release),
        });
      },
    },
  };
}

/** Puts the pages where the server looks for them and lays .gz and .br beside what is worth it. */
function pagesInPlace(): Plugin {
  return {
    name: 'pages-in-place',
    apply: 'build',
    closeBundle() {
      // Also called when the build failed: then its own error is the one to show.
      if (!existsSync(join(outDir, 'staff/index.html'))) return;
      mkdirSync(join(outDir, 'm'), { recursive: true });
      renameSync(join(outDir, 'staff/index.html'), join(outDir, 'index.html'));
      renameSync(join(outDir, 'phone/index.html'), join(outDir, 'm/index.html'));
      mkdirSync(join(outDir, 's'), { recursive: true });
      renameSync(join(outDir, 'survey/index.html'), join(outDir, 's/index.html'));
      for (const folder of ['staff', 'phone', 'survey']) rmSync(join(outDir, folder), { recursive: true });
      for (const entry of readdirSync(outDir, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(js|css|html|svg|webmanifest|json)$/.test(entry.name)) continue;
        const file = join(entry.parentPath, entry.name);
        const bytes = readFileSync(file);
        if (bytes.length < 1024) continue;
        writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
        writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
      }
    },
  };
}

export default defineConfig({
  root,
  publicDir: resolve(root, 'public'),
  plugins: [withinContentPolicy(), schemasWithoutJsonSchema(), react(), phoneWorker(), pagesInPlace()],
  worker: { format: 'es' },
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    // No data: addresses: the content policy allows scripts, styles and pictures from our own address only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      // The stubs of schemasWithoutJsonSchema are meant to be empty; the compiler finds mistakes of our own.
      checks: { importIsUndefined: false },
      input: {
        staff: resolve(root, 'staff/index.html'),
        phone: resolve(root, 'phone/index.html'),
        survey: resolve(root, 'survey/index.html'),
      },
    },
  },
});
