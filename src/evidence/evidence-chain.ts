import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ChainFacts } from '../model/bundle-report.ts';
import { isLeast } from '../model/collection-part.ts';
import { reasonOf } from './bundle-files.ts';
import { EvidenceError } from './evidence-error.ts';
import { accountOfShard, manifestFile, organizationShard } from './layout.ts';
import { openEvidence, verifyEvidence } from './read-evidence.ts';

export interface Chain {
  readonly facts: ChainFacts;
  readonly problems: readonly string[];
  /** Files of an evidence folder that are none of its own. */
  readonly foreign: readonly string[];
}

const judgedSchema = z.object({ evidenceDigest: z.string().regex(/^[0-9a-f]{64}$/) });
const callsSchema = z.object({ operation: z.string(), calls: z.number().int() });
/** Beside a collection's own manifest. */
const companions: ReadonlySet<string> = new Set([manifestFile, 'coverage.ndjson', 'run.json', 'custody.md']);

/** What a file of the folder says. Without a value there is a problem, but where there is no such file. */
interface Told<Value> {
  readonly value: Value | null;
  readonly problems: readonly string[];
}

async function tell<Value>(
  directory: string,
  present: ReadonlySet<string>,
  file: string,
  read: (text: string) => Value,
  otherwise: string,
): Promise<Told<Value>> {
  if (!present.has(file)) {
    return { value: null, problems: [] };
  }
  let text: string;
  try {
    text = await readFile(join(directory, file), 'utf8');
  } catch (error) {
    return { value: null, problems: [`${file}: cannot be read (${reasonOf(error)})`] };
  }
  try {
    return { value: read(text), problems: [] };
  } catch {
    return { value: null, problems: [`${file}: ${otherwise}`] };
  }
}

function judgedDigest(text: string): string {
  return judgedSchema.parse(JSON.parse(text)).evidenceDigest;
}

function callsOf(text: string): number {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.reduce((sum, line) => sum + callsSchema.parse(JSON.parse(line)).calls, 0);
}

interface EvidenceFacts {
  readonly digest: string;
  readonly shards: number;
  readonly observations: number;
  readonly ended: boolean;
  /** Of the last part. */
  readonly calls: number;
  readonly named: ReadonlySet<string>;
}

async function evidenceFacts(folder: string): Promise<EvidenceFacts | string> {
  try {
    const { manifest } = await openEvidence(folder);
    const { parts = [] } = manifest;
    const counted = await verifyEvidence(folder);
    return {
      ...counted,
      ended: !isLeast(parts.slice(-1)),
      calls: parts.at(-1)?.calls ?? manifest.ownTraces.calls,
      named: new Set(manifest.shards.map(({ path }) => path)),
    };
  } catch (error) {
    if (error instanceof EvidenceError) {
      return error.message;
    }
    throw error;
  }
}

/** `skip`: files are already known to be broken, and none of what they say is worth reading. */
export async function checkChain(
  directory: string,
  folder: '' | 'evidence' | null,
  present: ReadonlySet<string>,
  skip: boolean,
): Promise<Chain> {
  const nothing: Chain = {
    facts: { evidence: null, judged: null, calls: null },
    problems: [],
    foreign: [],
  };
  if (skip) {
    return nothing;
  }
  const result = await tell(directory, present, 'result.json', judgedDigest, 'is no result');
  const ledger = await tell(directory, present, 'coverage.ndjson', callsOf, 'a line is no call');
  const problems = [...result.problems, ...ledger.problems];
  const judged = result.value;
  const calls = ledger.value;
  if (folder === null) {
    return { ...nothing, facts: { evidence: null, judged, calls }, problems };
  }
  const facts = await evidenceFacts(join(directory, folder));
  if (typeof facts === 'string') {
    return { ...nothing, facts: { evidence: null, judged, calls }, problems: [...problems, facts] };
  }
  if (judged !== null && judged !== facts.digest) {
    problems.push(`result.json: judges other evidence (${judged}), not this one (${facts.digest})`);
  }
  if (calls !== null && calls !== facts.calls) {
    problems.push(`coverage.ndjson: lists ${calls} calls, the manifest counts ${facts.calls}`);
  }
  const inside = [...present]
    .filter((path) => folder === '' || path.startsWith(`${folder}/`))
    .map((path) => (folder === '' ? path : path.slice(folder.length + 1)));
  const shards = inside.filter((path) => path === organizationShard || accountOfShard(path) !== null);
  for (const path of shards.filter((one) => !facts.named.has(one))) {
    problems.push(
      `${folder === '' ? '' : `${folder}/`}${path}: looks like evidence, and the manifest does not name it`,
    );
  }
  return {
    facts: {
      evidence: {
        digest: facts.digest,
        shards: facts.shards,
        observations: facts.observations,
        ended: facts.ended,
      },
      judged,
      calls,
    },
    problems,
    foreign: inside.filter((path) => !facts.named.has(path) && !companions.has(path)),
  };
}
