import { setMaxListeners } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { demo } from '../dist/src/pipeline/demo.js';

const committed = ['report.html', 'report.md', 'result.json'];

/** What `afterleak demo` writes, for reports/example/. */
export const exampleReport = async () => {
  const directory = await mkdtemp(join(tmpdir(), 'afterleak-example-'));
  try {
    const { signal } = new AbortController();
    setMaxListeners(0, signal);
    const host = {
      signal,
      runtime: {
        now: () => Date.now(),
        sleep: (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
        random: () => Math.random(),
      },
    };
    const facts = { command: 'demo', arguments: [], node: process.version, platform: process.platform };
    const { unrecorded } = await demo(directory, host, facts);
    if (unrecorded.length > 0) {
      throw new Error(`the recording is out of date (npm run record:demo):\n${unrecorded.join('\n')}`);
    }
    const texts = await Promise.all(
      committed.map(async (name) => [
        `reports/example/${name}`,
        await readFile(join(directory, name), 'utf8'),
      ]),
    );
    return new Map(texts);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};
