import { type CollectionPart, isLeast } from '../../model/collection-part.ts';
import { displayedInMarkdown } from '../displayed-values.ts';
import { markdownEnvironment } from '../handlebars-environment.ts';
import { shownWord } from '../plan/shell-text.ts';
import { countOf } from '../text/phrases.ts';
import { type CustodyFile, custodyItems, type ItemSources } from './custody-items.ts';
import { partText } from './part-text.ts';

/** Who collected, when and with what; null where the folder holds nothing that was collected by a sweep. */
export interface CustodyCollection {
  readonly callerArn: string;
  readonly sessions: readonly string[];
  readonly startedAt: string;
  readonly endedAt: string;
  readonly toolVersion: string;
  readonly clockSkewSeconds: number;
  /** Where the collection was resumed, or did not end: its parts. */
  readonly parts: readonly CollectionPart[];
  readonly evidenceDigest: string;
  readonly scope: string;
  /** True where the evidence lies in the folder itself. */
  readonly included: boolean;
}

export interface CustodyFacts {
  readonly incident: { readonly id: string; readonly title: string } | null;
  readonly banner: string | null;
  readonly run: {
    readonly command: string;
    readonly arguments: readonly string[];
    readonly startedAt: string;
    readonly endedAt: string;
    readonly node: string;
    readonly platform: string;
    readonly toolVersion: string;
  };
  readonly collection: CustodyCollection | null;
  /** SHA-256 of the public key; null = not signed. */
  readonly fingerprint: string | null;
  /** The folder holds what a re-performance needs. */
  readonly canBeReperformed: boolean;
  readonly files: readonly CustodyFile[];
  readonly sources: ItemSources;
}

/** Rows to be filled in by hand. */
const transfers = Array.from({ length: 8 }, (_, index) => ({ number: index + 1 }));
const characters = 4096;

function fact(label: string, value: string): { readonly label: string; readonly value: string } {
  return { label, value };
}

function collectionFacts(collection: CustodyCollection | null) {
  if (collection === null) {
    return [fact('Collected by', 'nothing was collected from the AWS APIs by this run')];
  }
  const { sessions, parts } = collection;
  const callers = new Set([...parts.map(({ callerArn }) => callerArn), collection.callerArn]);
  return [
    fact('Collected by', [...callers].join(', ')),
    ...(sessions.length === 0 ? [] : [fact('Sessions', sessions.join(', '))]),
    fact('Collected from', collection.scope),
    fact('Collected (UTC)', `${collection.startedAt} to ${collection.endedAt}`),
    ...parts.map((part, index) => fact(`Part ${index + 1} (UTC)`, partText(part))),
    fact('Collected with', `afterleak ${collection.toolVersion}, read-only calls of the AWS SDK`),
    fact(
      'Clock',
      `that of the machine; the clocks of AWS differed by up to ${countOf(Math.abs(collection.clockSkewSeconds), 'second', 'seconds')}${isLeast(parts) ? ', as far as it is known' : ''}`,
    ),
    fact(
      'Evidence',
      `manifest SHA-256 ${collection.evidenceDigest}${collection.included ? '' : ' (not in this folder)'}`,
    ),
  ];
}

/** custody.md: which file came from where, through whose hands, and how that can be checked. */
export function renderCustodyPage(facts: CustodyFacts): string {
  const { run, incident, fingerprint } = facts;
  const page = {
    banner: facts.banner,
    facts: [
      fact('Case', incident === null ? 'no incident described' : `${incident.id}: ${incident.title}`),
      ...collectionFacts(facts.collection),
      fact('Folder made by', `afterleak ${run.toolVersion}, command ${run.command}`),
      fact('Command line', ['afterleak', ...run.arguments].map(shownWord).join(' ')),
      fact('Run (UTC)', `${run.startedAt} to ${run.endedAt}`),
      fact('Machine', `Node.js ${run.node}, ${run.platform}`),
      fact(
        'Signature',
        fingerprint === null ? 'not signed' : `Ed25519, public key with SHA-256 ${fingerprint}`,
      ),
    ],
    items: custodyItems(facts.files, facts.sources),
    signed: fingerprint !== null,
    canBeReperformed: facts.canBeReperformed,
    evidenceIsElsewhere: facts.collection?.included === false,
    transfers,
  };
  return markdownEnvironment('custody.md.hbs')
    .render({ page: displayedInMarkdown(page, characters) })
    .replace(/\n{3,}/g, '\n\n')
    .trimStart();
}
