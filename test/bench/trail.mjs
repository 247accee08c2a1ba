import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeCorpus } from './trail-corpus.mjs';

const root = resolve(import.meta.dirname, '..', '..');
const data = process.env['AFTERLEAK_DATA'] ?? join(root, '..', 'shared', 'data');
const wanted = Number(process.env['BENCH_EVENTS'] ?? 1_000_000);
/** So large a log is followed once, for its memory: several times the events that fit the usual limits. */
const largest = Number(process.env['BENCH_LARGEST'] ?? 9_000_000);
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3);
const key = 'AKIA000R7NSC8Q4X20BJ';
const floors = { duckdb: 3, jq: 5, peakMegabytes: 1024 };

const incident = {
  id: 'bench',
  title: 'A leaked key',
  window: null,
  compromised: { accessKeyIds: [key], principals: [] },
  indicators: { sourceIps: [], userAgents: [], names: [], codeSha256: [] },
  trusted: { accounts: [], networks: [], identityProviders: [], roles: [] },
  milestones: {},
};
const built = (file) => import(join(root, 'dist', 'src', ...file.split('/')));

/** What was not kept, as the gaps tell it. */
function leftOut(gaps) {
  const told = gaps.filter(({ operation }) => operation === 'events.memory').map(({ detail }) => detail);
  const sum = (what) =>
    told
      .map((detail) => detail.match(/^(\d+) (.+?) from /))
      .reduce((total, match) => total + (match?.[2] === what ? Number(match[1]) : 0), 0);
  return { gaps: told.length, events: sum('events that the lineage may need'), calls: sum('counted calls') };
}

/** Time to the lineage of the key, from the files on disk: all that `afterleak trace` does before it writes. */
async function traceLog(folder) {
  const started = performance.now();
  const { compileLess } = await built('cli/compile-less.js');
  compileLess();
  const { logFilesSource } = await built('events/log-files-source.js');
  const { collectEvents } = await built('pipeline/collect-events.js');
  const { traceLineage } = await built('derive/lineage/trace-lineage.js');
  const source = logFilesSource({
    paths: [folder],
    now: Date.now(),
    signal: new AbortController().signal,
    cores: availableParallelism(),
  });
  const { events, activity, coverage, counts, gaps } = await collectEvents([source], {
    window: null,
    accountIds: null,
    seeds: { accessKeyIds: [key], userNames: [], resourceNames: [] },
  });
  const read = performance.now() - started;
  const { lineage } = traceLineage({
    events,
    activity,
    incident,
    asOf: new Date().toISOString(),
    coverage,
  });
  return {
    ...counts,
    read,
    milliseconds: performance.now() - started,
    events: events.length,
    calls: [...activity].reduce((sum, bucket) => sum + bucket.calls, 0),
    gaps: gaps.length,
    leftOut: leftOut(gaps),
    nodes: lineage.nodes.length,
    edges: lineage.edges.length,
  };
}

async function countWithDuckdb(folder) {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(
    `SELECT count(*)::INTEGER AS n FROM (SELECT unnest(Records) AS r FROM read_json('${folder}/**/*.json.gz',
      format='newline_delimited', maximum_object_size=1073741824, columns={'Records': 'STRUCT(eventID VARCHAR,
      eventTime VARCHAR, eventSource VARCHAR, eventName VARCHAR, userIdentity JSON)[]'}))`,
  );
  return { records: Number(reader.getRowObjectsJson()[0]?.n) };
}

function filterWithJq(folder) {
  const filter = `.Records[] | select(.userIdentity.accessKeyId == "${key}") | .eventID`;
  const script = `find "$1" -name '*.gz' -print0 | xargs -0 zcat | jq -r "$2" | wc -l`;
  return { records: Number(execFileSync('sh', ['-c', script, 'sh', folder, filter], { encoding: 'utf8' })) };
}

const ways = { afterleak: traceLog, duckdb: countWithDuckdb, jq: filterWithJq };

async function child(way, folder) {
  const started = performance.now();
  const result = await ways[way](folder);
  const milliseconds = performance.now() - started;
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const cpu = Math.round((userCPUTime + systemCPUTime) / 1000);
  process.stdout.write(
    JSON.stringify({ milliseconds, cpu, megabytes: Math.round(maxRSS / 1024), ...result }),
  );
}

function run(way, folder) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [fileURLToPath(import.meta.url), '--child', way, folder],
    { encoding: 'utf8' },
  );
  if (status !== 0) {
    throw new Error(`${way} failed: ${stderr}`);
  }
  return JSON.parse(stdout);
}

function median(values) {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)];
}

function measure(folder, events, withJq) {
  const names = ['afterleak', 'duckdb', ...(withJq ? ['jq'] : [])];
  const runs = Object.fromEntries(names.map((name) => [name, []]));
  // In turns, so that a busy moment of the machine meets all of them alike.
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      runs[name].push(run(name, folder));
    }
  }
  const [own] = runs.afterleak;
  const all = own.records === events && own.calls === events && own.gaps === 0;
  const found = own.nodes > 100 && own.edges > 100 && runs.jq?.[0].records !== 0;
  if (!all || !found || runs.duckdb[0].records !== events) {
    throw new Error(`a wrong answer: ${JSON.stringify([own, runs.duckdb[0], runs.jq?.[0], events])}`);
  }
  return Object.fromEntries(
    names.map((name) => [
      name,
      {
        seconds: median(runs[name].map(({ milliseconds }) => milliseconds)) / 1000,
        cpuSeconds: median(runs[name].map(({ cpu }) => cpu)) / 1000,
        megabytes: Math.max(...runs[name].map(({ megabytes }) => megabytes)),
        read: median(runs[name].map(({ read }) => read ?? 0)) / 1000,
        first: runs[name][0],
      },
    ]),
  );
}

function print(layout, { afterleak, duckdb, jq }) {
  const { first, read, seconds } = afterleak;
  console.log(`\n${layout}`);
  for (const [name, one] of Object.entries({ afterleak, duckdb, jq })) {
    if (one !== undefined) {
      const cpu = name === 'jq' ? '' : `, ${one.cpuSeconds.toFixed(1)} s of CPU, peak ${one.megabytes} MB`;
      console.log(`  ${name.padEnd(10)} ${one.seconds.toFixed(1)} s${cpu}`);
    }
  }
  const ratio = afterleak.seconds / duckdb.seconds;
  const ahead = jq === undefined ? null : jq.seconds / afterleak.seconds;
  console.log(
    `  read after ${read.toFixed(1)} s, lineage of ${first.nodes} things and ${first.edges} acts after ${seconds.toFixed(1)} s;` +
      ` ${first.events} events may matter, jq finds ${jq?.first.records ?? 'nothing, it is not installed'}`,
  );
  console.log(`  (a) ${ratio.toFixed(2)}x of DuckDB counting (floor ${floors.duckdb}x, aim 2x)`);
  console.log(
    `  (b) ${ahead === null ? 'jq is not installed' : `${ahead.toFixed(1)}x ahead of zcat | jq (floor ${floors.jq}x, aim 10x)`}`,
  );
  return (
    ratio <= floors.duckdb && (ahead ?? floors.jq) >= floors.jq && afterleak.megabytes < floors.peakMegabytes
  );
}

function printLargest(folder) {
  const corpus = writeCorpus(data, folder, largest, false);
  const {
    milliseconds,
    megabytes,
    events,
    leftOut: left,
    gaps,
    nodes,
    calls,
  } = run('afterleak', corpus.small);
  if (calls + left.calls !== corpus.events || gaps !== left.gaps || nodes <= 100) {
    throw new Error(`a wrong answer: ${JSON.stringify([corpus.events, calls, gaps, left, nodes])}`);
  }
  console.log(`\n${corpus.events} events, ${(corpus.bytes / 1e9).toFixed(2)} GB of JSON in small gzip files`);
  console.log(
    `  afterleak  ${(milliseconds / 1000).toFixed(1)} s, peak ${megabytes} MB (floor ${floors.peakMegabytes} MB)`,
  );
  console.log(
    `  ${events} events that may matter were kept; ${left.events} of them and ${left.calls} counted calls left out, told in ${gaps} gaps`,
  );
  return megabytes < floors.peakMegabytes;
}

function main() {
  const folder = mkdtempSync(join(tmpdir(), 'afterleak-bench-'));
  try {
    const withJq = spawnSync('jq', ['--version']).status === 0;
    const corpus = writeCorpus(data, folder, wanted);
    console.log(`npm run bench:trail, ${new Date().toISOString().slice(0, 10)}, Node ${process.version}`);
    console.log(
      `${cpus()[0]?.model}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB, load ${loadavg()[0]?.toFixed(1)}`,
    );
    console.log(
      `${corpus.events} events, ${(corpus.bytes / 1e9).toFixed(2)} GB of JSON, median of ${rounds}`,
    );
    const small = print('small gzip files', measure(corpus.small, corpus.events, withJq));
    const large = print('files of 50,000 records', measure(corpus.large, corpus.events, withJq));
    for (const layout of [corpus.small, corpus.large]) {
      rmSync(layout, { recursive: true, force: true });
    }
    const held = [small, large, printLargest(join(folder, 'largest'))].every(Boolean);
    console.log(`\nfloor ${held ? 'held' : 'NOT held'}`);
    process.exitCode = held ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[2] === '--child') {
  await child(process.argv[3], process.argv[4]);
} else {
  main();
}
