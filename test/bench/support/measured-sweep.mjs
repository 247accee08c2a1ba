import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { demoAccessKeyId } from '../../../dist/src/demo/request-key.js';
import { runOptionsSchema } from '../../../dist/src/input/run-options.js';
import { sweep } from '../../../dist/src/pipeline/sweep.js';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
const [, , url, directory] = process.argv;
const controller = new AbortController();
setMaxListeners(0, controller.signal);
/** What is still needed while accounts come and go: the heap after a full collection of garbage. */
let live = 0;

const started = performance.now();
const { result, collected } = await sweep(
  directory,
  runOptionsSchema.parse({ endpointUrl: url, region: 'us-east-1', org: true, roleName: 'SecurityAudit' }),
  {
    signal: controller.signal,
    runtime: {
      now: () => Date.now(),
      sleep: (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
      random: () => Math.random(),
    },
    credentials: async () => ({
      accessKeyId: demoAccessKeyId('AKIA', '111122223333'),
      secretAccessKey: 'demo',
    }),
    onProgress: ({ current, accountsDone, accountsTotal }) => {
      const isAccount = /^\d{12}$/.test(current);
      if (isAccount && (accountsDone % 5 === 0 || accountsDone === accountsTotal)) {
        globalThis.gc();
        live = Math.max(live, process.memoryUsage().heapUsed);
      }
    },
  },
  { command: 'bench', arguments: [], node: process.version, platform: process.platform },
);
const seconds = (performance.now() - started) / 1000;
const usage = process.resourceUsage();
process.stdout.write(
  JSON.stringify({
    accounts: result.scope.accounts.length,
    calls: collected.manifest.ownTraces.calls,
    gaps: result.coverage.gaps.length,
    findings: result.findings.length,
    seconds,
    cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
    liveMegabytes: live / 1024 / 1024,
    peakMegabytes: usage.maxRSS / 1024,
  }),
);
