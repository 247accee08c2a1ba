import { isLeast } from '../../model/collection-part.ts';
import { partText } from '../custody/part-text.ts';
import { compareText, countOf, formatNumber } from '../text/phrases.ts';
import { listed, type ReportContext } from './report-context.ts';
import type { FactView, Listed } from './report-view.ts';

/** Annex: who collected the evidence, in which files it lies, and how a stranger checks both. */
export interface CustodyView {
  readonly facts: readonly FactView[];
  readonly files: Listed<{
    readonly path: string;
    readonly source: string;
    readonly observations: number;
    readonly bytes: number;
    readonly sha256: string;
  }>;
  readonly filesTotal: string;
  /** How many things the checks looked at, by what they call them. */
  readonly populations: Listed<{
    readonly name: string;
    readonly examined: string;
    readonly checks: number;
  }>;
  readonly redactions: Listed<{ readonly field: string; readonly values: number }>;
  readonly recipe: readonly { readonly command: string; readonly shows: string }[];
}

const recipe: CustodyView['recipe'] = [
  { command: 'sha256sum -c SHA256SUMS', shows: 'Every file is as the run left it.' },
  {
    command:
      'openssl pkeyutl -verify -pubin -inkey SIGNER.pub.pem -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig',
    shows:
      'Where SHA256SUMS.sig is there: the signer left it so. Take the key from the signer, not from the folder.',
  },
  {
    command: 'afterleak evidence verify .',
    shows:
      'Nothing is missing, altered or added; the result names the manifest, and the manifest every file of the evidence. --key SIGNER.pub.pem checks the signature too.',
  },
  {
    command: 'afterleak evidence reperform .',
    shows:
      'The evidence and the inputs give this result again, byte for byte. Nothing is asked of AWS; the version of afterleak must be the same.',
  },
];

function fact(label: string, value: string, detail: string | null = null): FactView {
  return { label, value, detail, warning: false };
}

function sourceOf(path: string): string {
  const [, accountId] = /^accounts\/(\d{12})\./.exec(path) ?? [];
  if (accountId === undefined) {
    return 'organization';
  }
  return path.includes('.closing-') ? `account ${accountId}, read again at the end` : `account ${accountId}`;
}

/** Checks that look at the same things count alike; where they do not, the span is told. */
function populationsOf({ result, checks, limits }: ReportContext): CustodyView['populations'] {
  const examined = new Map<string, number>();
  for (const row of result.results) {
    if (row.examined !== undefined) {
      examined.set(row.check, (examined.get(row.check) ?? 0) + row.examined);
    }
  }
  const populations = new Map<string, number[]>();
  for (const [check, count] of examined) {
    const name = checks.get(check)?.population ?? 'things';
    populations.set(name, [...(populations.get(name) ?? []), count]);
  }
  const rows = [...populations].map(([name, counts]) => {
    const least = Math.min(...counts);
    const most = Math.max(...counts);
    const span = least === most ? formatNumber(most) : `${formatNumber(least)} to ${formatNumber(most)}`;
    return { name, examined: span, checks: counts.length };
  });
  return listed(
    rows.sort((left, right) => compareText(left.name, right.name)),
    limits.rows,
  );
}

export function custodyView(context: ReportContext): CustodyView {
  const { result, limits } = context;
  const { collection } = result;
  const { parts = [] } = collection;
  const least = isLeast(parts);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const bytes = sum(collection.files.map((file) => file.bytes));
  const observations = sum(collection.files.map((file) => file.observations));
  const redactions = Object.entries(collection.redactions)
    .map(([field, values]) => ({ field, values }))
    .sort((left, right) => compareText(left.field, right.field));
  return {
    facts: [
      fact('Collected by', collection.callerArn),
      fact('Collected (UTC)', `${collection.startedAt} to ${collection.endedAt}`),
      ...parts.map((part, index) => fact(`Part ${index + 1} (UTC)`, partText(part))),
      fact('Collected with', `afterleak ${collection.toolVersion}`, 'read-only calls of the AWS SDK'),
      fact(
        'Clock',
        countOf(Math.abs(collection.clockSkewSeconds), 'second', 'seconds'),
        `largest difference between the machine and AWS${least ? ', as far as it is known' : ''}`,
      ),
      fact('Manifest (SHA-256)', result.evidenceDigest),
      fact('Kinds of evidence asked for', formatNumber(Object.keys(collection.keys).length)),
      fact(
        'Calls',
        `${least ? 'at least ' : ''}${formatNumber(result.coverage.ownTraces.calls)}`,
        `coverage.ndjson lists each operation with its calls, pages and items${parts.length > 1 ? ', of the last part alone' : least ? '' : '; the sum is the same'}`,
      ),
      fact(
        'Dropped before it was written',
        redactions.length === 0
          ? `nothing${least ? ' that is known' : ''}`
          : `${least ? 'at least ' : ''}${countOf(sum(redactions.map(({ values }) => values)), 'value', 'values')}`,
      ),
    ],
    files: listed(
      collection.files
        .map((file) => ({ ...file, source: sourceOf(file.path) }))
        .sort((left, right) => compareText(left.path, right.path)),
      limits.rows,
    ),
    filesTotal: `${countOf(collection.files.length, 'file', 'files')}, ${countOf(bytes, 'byte', 'bytes')}, ${countOf(observations, 'observation', 'observations')}`,
    populations: populationsOf(context),
    redactions: listed(redactions, limits.rows),
    recipe,
  };
}
