// Records the answers that `afterleak demo` replays: seeds the emulator, sweeps it before and after the incident, and
// writes examples/leaked-management-key/. Needs Python (see test/emulator/README.md) and a build.
import { setMaxListeners } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { stringify } from 'yaml';
import { recordingText } from '../dist/src/demo/recording.js';
import { demoAccessKeyId, keyText, requestKey } from '../dist/src/demo/request-key.js';
import { derivations } from '../dist/src/derive/index.js';
import { indexObservations } from '../dist/src/engine/observation-index.js';
import { organizationFacts } from '../dist/src/engine/organization-facts.js';
import { ownResourceFacts } from '../dist/src/engine/resource-facts.js';
import { openEvidence } from '../dist/src/evidence/read-evidence.js';
import { runOptionsSchema } from '../dist/src/input/run-options.js';
import { collectedKeys } from '../dist/src/model/evidence-catalog.js';
import { accountUnit, organizationUnit, regionUnit } from '../dist/src/model/scope.js';
import { collect } from '../dist/src/pipeline/collect.js';
import { demoBanner, demoHost, demoOptions } from '../dist/src/pipeline/demo.js';
import { startRecordingProxy } from '../test/emulator/recording-proxy.js';
import { seedDemoSurroundings } from '../test/emulator/seeds/demo-surroundings.js';
import { seedIncident } from '../test/emulator/seeds/incident.js';
import { deliveredRecords, TRAIL_FROM } from '../test/emulator/seeds/incident-trail.js';
import { seedInnocentOrganization } from '../test/emulator/seeds/innocent-organization.js';
import { MANAGEMENT_ACCOUNT, startEmulator } from '../test/emulator/start.js';
import { writeTrailFiles } from '../test/emulator/trail-files.js';

const folder = resolve(import.meta.dirname, '..', 'examples', 'leaked-management-key');
const reviewed = { time: '2026-10-26T08:00:00Z', by: 'platform-team' };
const swept = '2026-11-03T18:00:00Z';

const { signal } = new AbortController();
setMaxListeners(0, signal);
const host = {
  signal,
  runtime: {
    now: () => 0,
    sleep: (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
    random: () => 0.5,
  },
};

/** Sweeps the emulator as it was at a time; resolves to the evidence folder and the answers. */
const sweepAt = async (emulator, clock, directory) => {
  await emulator.setClock(clock, { tick: false });
  const proxy = await startRecordingProxy({
    target: emulator.url,
    accessKeyIdOf: (accountId) => emulator.credentialsFor(accountId).accessKeyId,
    requestKey,
    keyText,
    demoAccessKeyId,
    clock,
  });
  try {
    const { incident: _, baseline: __, ...options } = demoOptions(proxy.url, clock);
    const collected = await collect(
      directory,
      runOptionsSchema.parse(options),
      collectedKeys,
      demoHost(host, { clock, callerAccountId: MANAGEMENT_ACCOUNT }),
    );
    if (collected.stopped !== null) {
      throw new Error(`the sweep stopped: ${collected.stopped.message}`);
    }
    if (proxy.conflicts().length > 0) {
      throw new Error(`calls that cannot be recorded:\n${proxy.conflicts().join('\n')}`);
    }
    return { answers: proxy.answers(), calls: collected.manifest.ownTraces.calls };
  } finally {
    await proxy.stop();
  }
};

/** Every fact of the evidence as somebody would have reviewed it. */
const baselineOf = async (directory) => {
  const evidence = await openEvidence(directory);
  const { manifest } = evidence;
  const organization = await evidence.organization();
  const facts = organizationFacts(manifest, organization);
  const contextFor = (unit) => ({
    unit,
    partition: manifest.partition,
    managementAccountId: facts.managementAccountId,
    organizationAccountIds: facts.organizationAccountIds,
    incident: null,
    baseline: null,
  });
  const index = (stored, enclosing) =>
    indexObservations(stored, derivations, contextFor, manifest.asOf, enclosing);
  const whole = index(organization);
  const found = [...ownResourceFacts(whole, organizationUnit(manifest.partition))];
  for (const { accountId, regions } of manifest.accounts) {
    const own = index(await evidence.account(accountId), whole);
    found.push(...ownResourceFacts(own, accountUnit(manifest.partition, accountId)));
    for (const region of regions) {
      found.push(...ownResourceFacts(own, regionUnit(manifest.partition, accountId, region)));
    }
  }
  const byId = new Map(found.map((fact) => [`${fact.type}\n${fact.arn}`, fact]));
  const expected = [...byId]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, fact]) => ({
      type: fact.type,
      id: fact.arn,
      uniqueId: fact.uniqueId,
      contentSha256: fact.contentSha256,
      owner: fact.owner ?? reviewed.by,
      reason: 'part of the organization at the quarterly access review',
      reviewedBy: reviewed.by,
      reviewedAt: reviewed.time,
    }));
  return { capturedAt: manifest.asOf, evidence: evidence.digest, expected };
};

const record = async (emulator, work) => {
  const innocent = await seedInnocentOrganization(emulator, { leakableUser: true });
  await seedDemoSurroundings(emulator, innocent);
  await sweepAt(emulator, reviewed.time, join(work, 'before'));
  const baseline = await baselineOf(join(work, 'before'));
  // A sweep asks for many things at once and uses up random ids in any order.
  await emulator.seedIds(43);
  const incident = await seedIncident(emulator, innocent, { story: true });
  const records = deliveredRecords(await emulator.trailRecords({ since: TRAIL_FROM }));
  const { answers, calls } = await sweepAt(emulator, swept, join(work, 'after'));
  await emulator.setClock(null);
  const head = {
    banner: demoBanner,
    recordedAt: swept,
    callerAccountId: MANAGEMENT_ACCOUNT,
    clock: swept,
  };
  return {
    text: recordingText({ head, answers }),
    baseline,
    incident,
    calls,
    records,
    organizationId: innocent.organizationId,
  };
};

const emulator = await startEmulator({ log: (line) => process.stderr.write(`${line}\n`) });
const work = await mkdtemp(join(tmpdir(), 'afterleak-record-'));
try {
  const { text, baseline, incident, calls, records, organizationId } = await record(emulator, work);
  const packed = gzipSync(text, { level: 9 });
  // The tenth byte of a gzip header names the operating system.
  packed[9] = 255;
  await writeFile(join(folder, 'answers.ndjson.gz'), packed);
  const head = `# ${demoBanner}: what stood in the organization before the incident, as reviewed.\n`;
  await writeFile(join(folder, 'baseline.yaml'), head + stringify(baseline, { lineWidth: 0 }));
  const incidentFile = join(folder, 'incident.yaml');
  const known = await readFile(incidentFile, 'utf8');
  await writeFile(
    incidentFile,
    known.replace(/accessKeyIds: \[[^\]]*\]/, `accessKeyIds: [${incident.leakedAccessKeyId}]`),
  );
  const trail = join(folder, 'trail');
  await rm(trail, { recursive: true, force: true });
  const delivered = await writeTrailFiles(trail, records, { organizationId });
  process.stdout.write(
    `${records.length} events in ${delivered.files} files, ${delivered.bytes} bytes\n${calls} calls, ${text.split('\n').length - 2} answers, ${text.length} bytes, ${packed.length} packed, ${baseline.expected.length} reviewed\n`,
  );
} finally {
  await emulator.stop();
  await rm(work, { recursive: true, force: true });
}
