import type { ResultFinding } from '../../model/audit-result.ts';
import type { EndpointChain } from '../../model/endpoint-chain.ts';
import { type ChainDrawing, type ChainLink, chainDrawing } from '../graph/chain-drawing.ts';
import type { LineageTree } from '../graph/lineage-tree.ts';
import { attemptedOnly } from '../graph/node-wording.ts';
import { compareText, countOf } from '../text/phrases.ts';
import type { IncidentStory } from './incident-moments.ts';
import { listed, mapListed, type ReportContext } from './report-context.ts';
import type { Listed } from './report-view.ts';

interface ChainPartView {
  readonly name: string;
  readonly arn: string | null;
  readonly note: string;
  readonly mark: string | null;
  readonly hostile: boolean;
}

export interface ChainRowView {
  readonly id: string;
  readonly place: string;
  readonly exposure: string;
  readonly facts: Listed<string>;
  readonly ways: Listed<string>;
  readonly entry: ChainPartView;
  readonly function: ChainPartView | null;
  readonly role: ChainPartView | null;
  readonly mints: Listed<string>;
  readonly hostile: boolean;
  /** The whole chain in one sentence. */
  readonly sentence: string;
  /** The card of this page that says what to do. */
  readonly href: string | null;
}

/** Ways in from outside to the power of a role. */
export interface EndpointsView {
  readonly headline: string;
  readonly loud: readonly string[];
  readonly drawn: readonly (ChainRowView & { readonly drawing: ChainDrawing })[];
  /** How many chains are in the table alone. */
  readonly undrawn: number;
  readonly rows: Listed<ChainRowView>;
}

const mostDrawn = 12;

const exposureTexts = {
  public: { rank: 0, word: 'public', caller: 'Internet', note: 'anyone', held: false },
  'any-aws-account': {
    rank: 1,
    word: 'any AWS account',
    caller: 'Any AWS account',
    note: 'every AWS principal',
    held: false,
  },
  restricted: { rank: 2, word: 'restricted', caller: 'Internet', note: 'narrowed by network', held: false },
  armed: { rank: 3, word: 'armed', caller: 'Internet', note: 'one policy away', held: true },
  latent: { rank: 3, word: 'latent', caller: 'Internet', note: 'one permission away', held: true },
  unresolved: {
    rank: 4,
    word: 'cannot be told',
    caller: 'Caller not known',
    note: 'cannot be told',
    held: true,
  },
  authenticated: {
    rank: 5,
    word: 'authenticated',
    caller: 'Caller',
    note: 'has to authenticate',
    held: true,
  },
  private: { rank: 6, word: 'private', caller: 'Private network', note: 'not the internet', held: true },
} as const satisfies Record<
  EndpointChain['exposure'],
  { rank: number; word: string; caller: string; note: string; held: boolean }
>;

const entryWords = {
  'function-url': 'Function URL',
  'rest-api': 'REST API',
  'http-api': 'HTTP API',
  'websocket-api': 'WebSocket API',
} as const satisfies Record<EndpointChain['entry']['kind'], string>;

interface Touch {
  readonly mark: string | null;
  readonly hostile: boolean;
}

/** What the lineage and the findings say of a thing. */
interface Known {
  readonly byArn: ReadonlyMap<string, Touch>;
  readonly findings: ReadonlyMap<string, readonly ResultFinding[]>;
}

function touchOf(tree: LineageTree, id: string): Touch | null {
  const node = tree.nodes.get(id);
  if (node === undefined || attemptedOnly(tree, node) || node.standing === 'lead') {
    return null;
  }
  const changed = (tree.incoming.get(id) ?? []).some(
    ({ outcome, relations }) => outcome === 'done' && relations.includes('changed'),
  );
  if (node.intruderMade && node.standing !== 'service') {
    return { mark: node.deleted ? 'made by the incident, deleted' : 'made by the incident', hostile: true };
  }
  if (!changed) {
    return null;
  }
  return node.standing === 'shared-credential'
    ? { mark: 'changed with the shared credential', hostile: true }
    : { mark: 'changed by the incident', hostile: true };
}

function knownOf({ result }: ReportContext, { tree }: IncidentStory): Known {
  const byArn = new Map<string, Touch>();
  for (const node of tree?.nodes.values() ?? []) {
    const touch = tree === null ? null : touchOf(tree, node.id);
    if (touch !== null && node.arn !== null) {
      byArn.set(node.arn, touch);
    }
  }
  const findings = new Map<string, ResultFinding[]>();
  for (const finding of result.findings.filter(({ exception }) => exception === undefined)) {
    const list = findings.get(finding.subject.arn) ?? [];
    findings.set(finding.subject.arn, list);
    list.push(finding);
  }
  return { byArn, findings };
}

function markOf(known: Known, arn: string): Touch {
  const touch = known.byArn.get(arn);
  const count = known.findings.get(arn)?.length ?? 0;
  const counted = count === 0 ? [] : [countOf(count, 'finding', 'findings')];
  const marks = [...(touch?.mark === undefined || touch.mark === null ? [] : [touch.mark]), ...counted];
  return { mark: marks.length === 0 ? null : marks.join(', '), hostile: touch?.hostile ?? false };
}

function roleNote(role: NonNullable<EndpointChain['role']>): string {
  const mints = role.mints.length === 0 ? '' : 'can mint credentials';
  const powers = {
    yes: 'administrator',
    conditional: 'administrator under conditions',
    no: mints === '' ? 'no power to mint credentials' : mints,
  } as const;
  return role.administrator === null
    ? `power not known${mints === '' ? '' : `, ${mints}`}`
    : powers[role.administrator];
}

function nameOf(arn: string): string {
  return arn.split('/').at(-1) ?? arn;
}

interface Parts {
  readonly entry: ChainPartView;
  readonly function: ChainPartView | null;
  readonly role: ChainPartView | null;
}

function partsOf(chain: EndpointChain, known: Known): Parts {
  const { entry, directAction, role } = chain;
  const ways = entry.ways.length > 1 ? ` and ${entry.ways.length - 1} more` : '';
  return {
    entry: {
      name: entry.name,
      arn: entry.arn,
      note: `${entryWords[entry.kind]} · ${entry.ways[0] ?? 'no way in'}${ways}`,
      ...markOf(known, entry.arn),
    },
    function:
      chain.function === null
        ? directAction === null
          ? null
          : { name: directAction, arn: null, note: 'AWS call without a function', mark: null, hostile: false }
        : {
            name: chain.function.name,
            arn: chain.function.arn,
            note: 'Lambda function',
            ...markOf(known, chain.function.arn),
          },
    role:
      role === null
        ? null
        : { name: nameOf(role.arn), arn: role.arn, note: roleNote(role), ...markOf(known, role.arn) },
  };
}

function sentenceOf(chain: EndpointChain, parts: Parts): string {
  const { caller, note } = exposureTexts[chain.exposure];
  const part = (word: string, { name, mark }: ChainPartView): string =>
    `${word} ${name}${mark === null ? '' : ` (${mark})`}`;
  return [
    `${caller} (${note})`,
    part(entryWords[chain.entry.kind], parts.entry),
    ...(parts.function === null
      ? ['no function']
      : [part(parts.function.arn === null ? 'AWS call' : 'function', parts.function)]),
    ...(parts.role === null ? ['role not known'] : [`${part('role', parts.role)}, ${parts.role.note}`]),
  ].join(' → ');
}

function linksOf(chain: EndpointChain, { entry, function: code, role }: Parts): readonly ChainLink[] {
  const { caller, note, held } = exposureTexts[chain.exposure];
  const link = (kind: ChainLink['role'], part: ChainPartView): ChainLink => ({
    role: kind,
    label: part.name,
    note: part.note,
    mark: part.mark,
    hostile: part.hostile,
    held: kind === 'entry' && held,
  });
  const open = { mark: null, hostile: false, held: false };
  return [
    { role: 'caller', label: caller, note, ...open },
    link('entry', entry),
    ...(code === null
      ? [{ role: 'function' as const, label: 'No function', note: 'the API answers by itself', ...open }]
      : [link('function', code)]),
    ...(role === null
      ? [{ role: 'role' as const, label: 'Role not known', note: 'its power is not known', ...open }]
      : [link('role', role)]),
  ];
}

function isHostile({ entry, function: code, role }: Parts): boolean {
  return entry.hostile || code?.hostile === true || role?.hostile === true;
}

interface Told {
  readonly chain: EndpointChain;
  readonly parts: Parts;
  readonly row: ChainRowView;
}

function told(context: ReportContext, known: Known, links: ReadonlyMap<string, string>): readonly Told[] {
  const { limits, result } = context;
  const sorted = result.endpoints.chains
    .map((chain) => ({ chain, parts: partsOf(chain, known) }))
    .sort(
      (left, right) =>
        Number(isHostile(right.parts)) - Number(isHostile(left.parts)) ||
        exposureTexts[left.chain.exposure].rank - exposureTexts[right.chain.exposure].rank ||
        Number(right.chain.role?.administrator === 'yes') -
          Number(left.chain.role?.administrator === 'yes') ||
        (right.chain.role?.mints.length ?? 0) - (left.chain.role?.mints.length ?? 0) ||
        compareText(left.chain.entry.arn, right.chain.entry.arn) ||
        compareText(left.chain.function?.arn ?? '', right.chain.function?.arn ?? ''),
    );
  return sorted.map(({ chain, parts }, index) => {
    const arns = [chain.entry.arn, chain.function?.arn ?? '', chain.role?.arn ?? ''];
    const card = arns
      .flatMap((arn) => known.findings.get(arn) ?? [])
      .map(({ fingerprint }) => links.get(fingerprint))
      .find((href) => href !== undefined);
    return {
      chain,
      parts,
      row: {
        id: `chain-${index + 1}`,
        place: `${chain.accountId}/${chain.region}`,
        exposure: exposureTexts[chain.exposure].word,
        facts: listed(chain.exposureFacts, limits.names),
        ways: listed(chain.entry.ways, limits.names),
        ...parts,
        mints: listed(chain.role?.mints ?? [], limits.names),
        hostile: isHostile(parts),
        sentence: sentenceOf(chain, parts),
        href: card ?? null,
      },
    };
  });
}

function loudTexts({ result }: ReportContext): readonly string[] {
  const { notSeen } = result.endpoints;
  return notSeen.length === 0
    ? []
    : [
        `In ${countOf(notSeen.length, 'place', 'places')} a part of the chains could not be seen: ${notSeen.slice(0, 12).join(', ')}${notSeen.length > 12 ? ` and ${notSeen.length - 12} more` : ''}. A way in may be missing here.`,
      ];
}

export function endpointsView(
  context: ReportContext,
  story: IncidentStory,
  links: ReadonlyMap<string, string>,
): EndpointsView {
  const chains = told(context, knownOf(context, story), links);
  const drawn = chains.slice(0, Math.min(mostDrawn, context.limits.rows));
  const open = chains.filter(({ chain }) => exposureTexts[chain.exposure].rank < 3).length;
  const hostile = chains.filter(({ row }) => row.hostile).length;
  return {
    headline: `${countOf(chains.length, 'chain', 'chains')}, ${open} open to strangers, ${hostile} touched by the incident`,
    loud: loudTexts(context),
    drawn: drawn.map(({ chain, parts, row }) => ({ ...row, drawing: chainDrawing(linksOf(chain, parts)) })),
    undrawn: chains.length - drawn.length,
    rows: mapListed(chains, context.limits.rows, ({ row }) => row),
  };
}
