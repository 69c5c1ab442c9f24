import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const checkout = fileURLToPath(new URL('../../', import.meta.url));
const given = 'TIDECAST_CHROMIUM';

/**
 * Chromium without a window: the one of npm's `@sparticuz/chromium`, with the libraries that it brings along, or the
 * program that TIDECAST_CHROMIUM names.
 *
 * @throws where it cannot run here, with what to do
 */
export async function openBrowser(): Promise<Browser> {
  const program = process.env[given];
  const folder = program ? null : await unpacked();
  const hasFonts = existsSync('/etc/fonts/fonts.conf');
  return chromium.launch({
    executablePath: program ?? join(folder ?? '', 'chromium'),
    args: ['--no-sandbox', '--font-render-hinting=none'],
    env: {
      ...process.env,
      NODE_OPTIONS: undefined,
      ...(folder && { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') }),
      ...(folder && !hasFonts && { FONTCONFIG_PATH: join(folder, 'fonts') }),
    },
  });
}

/** Unpacks the browser once for each version. Several may do so at the same time: it comes to its place as a whole. */
async function unpacked(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `the browser tests run in the Chromium of @sparticuz/chromium, which is for Linux on x64, got ${process.platform} on ${process.arch}: set ${given} to the path of a Chromium or Chrome`,
    );
  }
  const manifest = join(checkout, 'node_modules', '@sparticuz', 'chromium', 'package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
  const cache = join(checkout, '.cache');
  const place = join(cache, `chromium-${version}`);
  if (existsSync(place)) return place;
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'unpacking-'));
  try {
    const script = `await (await import('@sparticuz/chromium')).default.executablePath()`;
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: checkout,
      // It unpacks into the folder for temporary files, and its libraries only where it believes to be on Lambda.
      env: { PATH: process.env.PATH, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
    });
    if (!existsSync(place)) renameSync(folder, place);
  } catch (error) {
    if (!existsSync(place)) throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return place;
}
