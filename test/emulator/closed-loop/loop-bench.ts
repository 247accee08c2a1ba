import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadCollectors } from '../../../src/collect/load-collectors.ts';
import { policiesFor } from '../../../src/collect/permissions.ts';
import type { PlanStep } from '../../../src/model/plan.ts';
import { type ActionLogEntry, actionLogSchema } from '../../../src/model/verification.ts';
import type { PipelineHost } from '../../../src/pipeline/host.ts';
import { type AwsCli, startAwsCli } from '../cli/start.js';
import { type Emulator, type LogLine, MANAGEMENT_ACCOUNT, startEmulator } from '../start.js';
import { type Bench, createBench, hostFor } from '../sweep/support/sweep-bench.ts';
import { writeTrailFiles } from '../trail-files.js';
import { type ClosedLoopWorld, seedClosedLoopWorld } from './world.js';

/** Role of the operator in member accounts: not the one that sweeps, and none that the intruder was in. */
export const OPERATOR_ROLE = 'break-glass';

/** Until every session of the incident that anybody can have opened has ended. */
const HOURS_LATER = 13;

export interface LoopBench {
  readonly emulator: Emulator;
  readonly cli: AwsCli;
  readonly bench: Bench;
  readonly world: ClosedLoopWorld;
  readonly incidentFile: string;
  /** Log files as the organization's trail delivered them, and what it delivers since it is mended. */
  trail(since?: string): Promise<string>;
  /** Environment of plan.sh in the management account. */
  environment(): Readonly<Record<string, string>>;
  host(): PipelineHost;
  /** From here on it is thirteen hours later: for the emulator, for pipelines, and for `date` in scripts. */
  letHoursPass(): Promise<void>;
  dispose(): Promise<void>;
}

/** `date` as plan.sh calls it, some hours later. */
const laterDate = (seconds: number) => `#!/usr/bin/env python3
import sys, time
at = time.time() + ${seconds}
print(time.strftime(sys.argv[-1].lstrip("+").replace("%s", str(int(at))), time.gmtime(at)))
`;

/** The policies that the documentation hands out for member accounts. */
async function memberPolicies(): Promise<readonly string[]> {
  const collectors = await loadCollectors();
  return policiesFor('member', collectors, { partition: 'aws', roleNames: ['SecurityAudit'] }).map(
    ({ document }) => JSON.stringify(document),
  );
}

const accounts = ['111122223333', '222233334444', '333344445555', '444455556666'];

export async function startLoopBench(): Promise<LoopBench> {
  const emulator = await startEmulator();
  const cli = await startAwsCli();
  const bench = createBench(emulator);
  const world = await seedClosedLoopWorld(emulator, { memberPolicies: await memberPolicies() });
  const { incident, innocent } = world;
  let later = 0;
  let path = '';
  const incidentFile = await bench.file('incident.yaml', {
    id: 'INC-2026-014',
    title: 'Leaked deploy key of the management account',
    window: incident.window,
    compromised: {
      accessKeyIds: [incident.leakedAccessKeyId],
      principals: [incident.leakedPrincipalArn],
    },
    indicators: { sourceIps: ['198.51.100.0/24'] },
    trusted: { ...innocent.trusted, networks: ['203.0.113.0/24'] },
  });
  return {
    emulator,
    cli,
    bench,
    world,
    incidentFile,
    environment() {
      const environment = cli.environment(emulator, MANAGEMENT_ACCOUNT);
      return {
        ...environment,
        PATH: `${path}${environment['PATH']}`,
        // What is not so at once will not be so in a minute: nothing here is eventually consistent.
        AFTERLEAK_CONFIRM_SECONDS: '4',
      };
    },
    host() {
      const host = hostFor(emulator);
      return { ...host, runtime: { ...host.runtime, now: () => Date.now() + later * 3_600_000 } };
    },
    async letHoursPass() {
      later = HOURS_LATER;
      const folder = await bench.folder();
      await writeFile(join(folder, 'date'), laterDate(later * 3600), { mode: 0o755 });
      path = `${folder}:`;
      await emulator.setClock(new Date(Date.now() + later * 3_600_000).toISOString(), { tick: true });
    },
    async trail(since) {
      const told = since === undefined ? [] : await emulator.trailRecords({ since });
      const records = told.filter(({ recipientAccountId }) => accounts.includes(recipientAccountId));
      const folder = await bench.folder();
      await writeTrailFiles(folder, [...world.trail, ...records], {
        organizationId: innocent.organizationId,
      });
      return folder;
    },
    async dispose() {
      await bench.dispose();
      await cli.stop();
      await emulator.stop();
    },
  };
}

/** What plan.sh says it did. */
export async function actionsOf(directory: string): Promise<readonly ActionLogEntry[]> {
  const text = await readFile(join(directory, 'actions.ndjson'), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => actionLogSchema.parse(JSON.parse(line)));
}

/** Operations of a log that neither the emulator nor the layer has. */
export function lackedBy(log: readonly LogLine[]): readonly string[] {
  const lacking = log.filter(({ layer }) => layer === 'not implemented');
  return [...new Set(lacking.map(({ service, operation }) => `${service}:${operation}`))].sort();
}

/** `id title: outcome detail`, for what did not end well. */
export function unfinished(
  steps: readonly PlanStep[],
  actions: readonly ActionLogEntry[],
): readonly string[] {
  const titles = new Map(steps.map(({ id, title }) => [id, title]));
  const last = new Map(actions.map((entry) => [entry.step, entry]));
  return [...last.values()]
    .filter(({ outcome }) => outcome !== 'done' && outcome !== 'already' && outcome !== 'manual')
    .map(({ step, outcome, detail }) => `${step} ${titles.get(step)}: ${outcome} ${detail ?? ''}`.trim())
    .sort();
}
