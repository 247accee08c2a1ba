import { countOf, listOf } from '../text/phrases.ts';

/** One file of a run's folder. */
export interface CustodyFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What the ledger tells of one account: where and of which services it was asked. */
export interface CustodyPlace {
  readonly accountId: string;
  readonly regions: readonly string[];
  readonly services: readonly string[];
  /** The account was read by an earlier part of the collection, which this ledger does not tell of. */
  readonly takenOver: boolean;
}

export interface CustodyItem extends CustodyFile {
  readonly number: number;
  readonly what: string;
  readonly source: string;
}

interface Described {
  readonly what: string;
  readonly source: string;
}

const fromEvidence = 'made from the evidence and the inputs';
const fromPeople = 'given to the run; as it was understood';

const known: ReadonlyMap<string, Described> = new Map(
  Object.entries({
    'report.html': { what: 'report', source: fromEvidence },
    'report.md': { what: 'report', source: fromEvidence },
    'result.json': { what: 'result: what was judged, and how', source: fromEvidence },
    'findings.sarif': { what: 'findings as SARIF', source: fromEvidence },
    'findings.ocsf.ndjson': { what: 'findings as OCSF', source: fromEvidence },
    'findings.csv': { what: 'findings as a table', source: fromEvidence },
    'plan.json': { what: 'plan', source: fromEvidence },
    'plan.md': { what: 'plan, to be read', source: fromEvidence },
    'plan.sh': { what: 'plan, to be run', source: fromEvidence },
    'verification.json': { what: 'comparison with the earlier result', source: fromEvidence },
    'run.json': { what: 'facts of the run: times, command, version', source: 'the machine of the run' },
    'coverage.ndjson': { what: 'every call, and how it ended', source: 'written by the run as it called' },
    'SHA256SUMS.pub.pem': { what: 'public key, for convenience', source: 'the key of --sign' },
    'inputs/audit.json': { what: 'choice of checks; digests of the files given', source: fromPeople },
    'inputs/incident.json': { what: 'incident', source: fromPeople },
    'inputs/baseline.json': { what: 'baseline', source: fromPeople },
    'inputs/exceptions.json': { what: 'exceptions', source: fromPeople },
    'inputs/attestations.json': { what: 'attestations', source: fromPeople },
    'inputs/owners.json': { what: 'owners: ids and addresses only', source: fromPeople },
    'inputs/previous.json': { what: 'earlier result, for the history', source: fromPeople },
    'inputs/against.json': { what: 'earlier result that was verified', source: fromPeople },
    'inputs/actions.ndjson': { what: 'log of plan.sh that was taken into account', source: fromPeople },
  }),
);

const mostRegions = 4;

function placeText({ accountId, regions, services, takenOver }: CustodyPlace): string {
  if (takenOver) {
    return `account ${accountId}; read by an earlier part of the collection`;
  }
  const shown = regions.slice(0, mostRegions).join(', ');
  const more = regions.length > mostRegions ? ` and ${regions.length - mostRegions} more` : '';
  const where = regions.length === 0 ? 'no region' : `${shown}${more}`;
  return `account ${accountId}; ${where}; ${services.length === 0 ? 'no answer' : services.join(', ')}`;
}

function evidenceItem(name: string, places: readonly CustodyPlace[], organization: string): Described {
  if (name === 'manifest.json') {
    return { what: 'manifest of the evidence', source: 'written by the collection' };
  }
  if (name === 'organization.ndjson.gz') {
    return { what: 'evidence of the organization', source: organization };
  }
  const [, accountId = ''] = /^accounts\/(\d{12})\./.exec(name) ?? [];
  if (name.includes('.closing-')) {
    return { what: 'evidence, read again at the end', source: `account ${accountId}` };
  }
  const place = places.find((one) => one.accountId === accountId);
  return { what: 'evidence', source: place === undefined ? `account ${accountId}` : placeText(place) };
}

function isEvidence(name: string): boolean {
  return name === 'manifest.json' || name === 'organization.ndjson.gz' || /^accounts\/\d{12}\./.test(name);
}

export interface ItemSources {
  readonly places: readonly CustodyPlace[];
  readonly organization: string;
  /** Names of the CloudTrail sources, and how much was read of them. */
  readonly trail: {
    readonly sources: readonly string[];
    readonly records: number;
    readonly files: number;
  } | null;
}

function trailText(trail: ItemSources['trail']): string {
  if (trail === null) {
    return fromEvidence;
  }
  const { files, records, sources } = trail;
  const read = `${countOf(files, 'file', 'files')}, ${countOf(records, 'record', 'records')}`;
  return `CloudTrail: ${listOf(sources)}; ${read}`;
}

function describe(path: string, sources: ItemSources): Described {
  const name = path.startsWith('evidence/') ? path.slice('evidence/'.length) : path;
  if (isEvidence(name)) {
    return evidenceItem(name, sources.places, sources.organization);
  }
  if (path.startsWith('trace.')) {
    return { what: 'what the events tell: lineage, activity, coverage', source: trailText(sources.trail) };
  }
  return known.get(path) ?? { what: 'another file', source: 'found in the folder when the run ended' };
}

export function custodyItems(files: readonly CustodyFile[], sources: ItemSources): readonly CustodyItem[] {
  return files.map((file, index) => ({ ...file, number: index + 1, ...describe(file.path, sources) }));
}
