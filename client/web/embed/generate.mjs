// node generate.mjs DIST OUT: compresses every file of DIST and writes OUT/web_assets.S and OUT/web_assets_table.cpp, which embed them.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join, relative, resolve, sep } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const [dist, out] = process.argv.slice(2).map((argument) => resolve(argument));
const mediaTypes = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

function compressed(bytes) {
  const packed = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  return packed.length < bytes.length * 0.95 ? packed : Buffer.alloc(0);
}

const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  .map((file) => ({ file, path: `/${relative(dist, file).split(sep).join('/')}` }))
  .sort((a, b) => (a.path < b.path ? -1 : 1));

rmSync(join(out, 'brotli'), { recursive: true, force: true });
mkdirSync(join(out, 'brotli'), { recursive: true });

const assembler = ['.section .rodata'];
const declarations = [];
const rows = [];
for (const [index, { file, path }] of files.entries()) {
  const type = mediaTypes[extname(path)];
  if (!type) throw new Error(`${path}: no media type is known for it`);
  const packed = join(out, 'brotli', `${index}.br`);
  writeFileSync(packed, compressed(readFileSync(file)));
  for (const [name, source] of [[`hoso_web_${index}`, file], [`hoso_web_${index}_br`, packed]]) {
    assembler.push(`.balign 16`, `.global ${name}`, `${name}:`, `.incbin ${JSON.stringify(source)}`, `.global ${name}_end`, `${name}_end:`);
    declarations.push(`extern "C" const char ${name}[], ${name}_end[];`);
  }
  const bytes = (name) => `std::string_view(${name}, static_cast<std::size_t>(${name}_end - ${name}))`;
  rows.push(`    {${JSON.stringify(path)}, ${JSON.stringify(type)}, ${bytes(`hoso_web_${index}`)}, ${bytes(`hoso_web_${index}_br`)}, ${path.startsWith('/assets/')}},`);
}
assembler.push('.section .note.GNU-stack,"",%progbits', '');

writeFileSync(join(out, 'web_assets.S'), assembler.join('\n'));
writeFileSync(
  join(out, 'web_assets_table.cpp'),
  `#include "client/web/embed/assets.hpp"

${declarations.join('\n')}

namespace hoso::client::web {

std::span<const Asset> all() {
    static const Asset assets[] = {
${rows.map((row) => `    ${row}`).join('\n')}
    };
    return assets;
}

}  // namespace hoso::client::web
`,
);
