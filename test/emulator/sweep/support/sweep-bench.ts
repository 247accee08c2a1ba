import { setMaxListeners } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type GivenOptions, type RunOptions, runOptionsSchema } from '../../../../src/input/run-options.ts';
import type { AuditResult } from '../../../../src/model/audit-result.ts';
import { audit } from '../../../../src/pipeline/audit.ts';
import { type Verdict, verdictOf } from '../../../../src/pipeline/exit-code.ts';
import type { PipelineHost } from '../../../../src/pipeline/host.ts';
import { type SweepOutcome, sweep } from '../../../../src/pipeline/sweep.ts';
import { type ConnectedEmulator, type LogLine, MANAGEMENT_ACCOUNT } from '../../start.js';

export interface SweepRun extends SweepOutcome {
  readonly directory: string;
  readonly evidence: string;
  readonly verdict: Verdict;
  /** What the emulator was asked, in the order of the answers. */
  readonly log: readonly LogLine[];
  readonly seconds: number;
}

/** Folders of one test file; `dispose` removes them all. */
export interface Bench {
  folder(): Promise<string>;
  /** A file with JSON in it, which is YAML too. */
  file(name: string, content: unknown): Promise<string>;
  /** Sweeps the organization from the management account, unless told otherwise. */
  sweep(given?: GivenOptions, host?: Partial<PipelineHost>): Promise<SweepRun>;
  audit(evidence: string, given?: GivenOptions): Promise<AuditResult>;
  dispose(): Promise<void>;
}

const facts = { command: 'sweep', arguments: [], node: 'test', platform: 'test' };

/** Real time, no chance; the credentials are those of the test in the account. */
export function hostFor(emulator: ConnectedEmulator, accountId: string = MANAGEMENT_ACCOUNT): PipelineHost {
  return {
    runtime: {
      now: () => Date.now(),
      sleep: (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
      random: () => 0.5,
    },
    signal: stopper().signal,
    credentials: () => Promise.resolve(emulator.credentialsFor(accountId)),
  };
}

/** A way to stop a run; every call in flight listens to it. */
export function stopper(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

export function optionsFor(endpointUrl: string, given: GivenOptions = {}): RunOptions {
  return runOptionsSchema.parse({
    endpointUrl,
    region: 'us-east-1',
    org: true,
    roleName: 'SecurityAudit',
    ...given,
  });
}

export function createBench(emulator: ConnectedEmulator): Bench {
  const folders: string[] = [];
  const folder = async (): Promise<string> => {
    const path = await mkdtemp(join(tmpdir(), 'afterleak-sweep-'));
    folders.push(path);
    return path;
  };
  return {
    folder,
    async file(name, content) {
      const path = join(await folder(), name);
      await writeFile(path, JSON.stringify(content));
      return path;
    },
    async sweep(given = {}, host = {}) {
      const directory = await folder();
      const options = optionsFor(emulator.url, given);
      await emulator.clearLog();
      const startedAt = Date.now();
      const outcome = await sweep(directory, options, { ...hostFor(emulator), ...host }, facts);
      return {
        ...outcome,
        directory,
        evidence: join(directory, 'evidence'),
        verdict: verdictOf(outcome.result, options.failOn, options.allowIncomplete),
        log: await emulator.layerLog(),
        seconds: (Date.now() - startedAt) / 1000,
      };
    },
    audit: (evidence, given = {}) => audit(evidence, optionsFor(emulator.url, given)),
    async dispose() {
      await Promise.all(folders.map((path) => rm(path, { recursive: true, force: true })));
    },
  };
}
