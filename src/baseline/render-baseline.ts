import type { Baseline, BaselineEntry } from '../model/baseline.ts';
import { type Draft, type LeftOut, type LeftOutReason, leftOutReasons } from './draft-baseline.ts';
import { plainLine } from './plain-line.ts';

/** What stands above the entries: how to review, and what the file does not say. */
export interface BaselineHeader {
  /** `organization o-…`, or the accounts. */
  readonly of: string;
  readonly banner: string | null;
  readonly draft: Pick<Draft, 'leftOut' | 'undated'>;
  /** Which knowledge was used to leave things out; null = it was not given. */
  readonly incident: string | null;
  readonly result: string | null;
  readonly owners: 'none' | 'without-times' | 'with-times';
  /** One line each: what could not be seen. */
  readonly notSeen: readonly string[];
}

const mostListed = 40;

const reasonTitles: Readonly<Record<LeftOutReason, string>> = {
  suspicious: 'the result proves or asks something about them',
  'in-window': 'made or changed inside the incident window',
  stack: 'held by a stack that was touched inside the incident window',
  outside: 'they belong to accounts outside the organization',
  'not-seen': 'their content could not be seen in full',
};

const review = [
  'How to review: an entry counts for nothing until `reviewedBy` says who looked at it.',
  '1. Look the thing up by type and id. Is it yours, needed, and as it should be? An entry you cannot explain: take it out.',
  '2. Fill owner and reason; write your name into reviewedBy and the time into reviewedAt (2026-11-04T09:00:00Z).',
  '3. Leave uniqueId and contentSha256 as they are: they tell a re-created or altered thing from the reviewed one.',
  '4. Use it with `afterleak sweep --baseline FILE`; renew it with `afterleak baseline --update FILE`.',
];

function listed(lines: readonly string[]): readonly string[] {
  const shown = lines.slice(0, mostListed).map((line) => `  - ${line}`);
  return lines.length > mostListed ? [...shown, `  - … and ${lines.length - mostListed} more`] : shown;
}

function leftOutLines(leftOut: readonly LeftOut[]): readonly string[] {
  return leftOutReasons.flatMap((reason) => {
    const own = leftOut.filter((one) => one.reason === reason);
    return own.length === 0
      ? []
      : [
          '',
          `Left out (${own.length}), because ${reasonTitles[reason]}:`,
          ...listed(own.map(({ type, id, why }) => `${type} ${id} (${why})`)),
        ];
  });
}

function unknownLines({ incident, result, owners, draft }: BaselineHeader): readonly string[] {
  const lines = [
    ...(incident === null
      ? ['No incident window was given: nothing was left out for its time. This is the posture as it is now.']
      : []),
    ...(result === null
      ? ['No result was given: what an incident made or changed was not left out by proof.']
      : []),
    ...(owners === 'with-times'
      ? []
      : [
          owners === 'none'
            ? 'No stack information was given: things of stacks touched in the window were not left out for that.'
            : 'The ownership files carry no times: whether code changed these things in the window is not known.',
        ]),
    ...(incident !== null && draft.undated > 0
      ? [
          `${draft.undated} entries are of kinds whose last change AWS does not date: only a trail can tell that they were not changed in the window.`,
        ]
      : []),
  ];
  return lines.length === 0
    ? []
    : ['', 'What this file does not know:', ...lines.map((line) => `  - ${line}`)];
}

function notSeenLines(notSeen: readonly string[]): readonly string[] {
  return notSeen.length === 0
    ? []
    : ['', `Not seen (${notSeen.length}); what lies there is missing from this file:`, ...listed(notSeen)];
}

function headerLines(header: BaselineHeader, baseline: Baseline): readonly string[] {
  const unreviewed = baseline.expected.filter(({ reviewedBy }) => reviewedBy === null).length;
  return [
    ...(header.banner === null ? [] : [header.banner]),
    `Baseline of ${header.of}: ${baseline.expected.length} entries, ${unreviewed} of them not reviewed yet.`,
    '',
    ...review,
    ...(header.incident === null ? [] : ['', `Incident: ${header.incident}`]),
    ...(header.result === null ? [] : [`Result: ${header.result}`]),
    ...leftOutLines(header.draft.leftOut),
    ...unknownLines(header),
    ...notSeenLines(header.notSeen),
  ].map((line) => (line === '' ? '#' : `# ${plainLine(line)}`));
}

const plainScalar = /^[A-Za-z][\w./@+=-]*(?::[\w./@+=-]*)*[\w/]$/;
const reserved = /^(?:null|true|false|yes|no|on|off|y|n)$/i;

/** YAML that any reader reads as this very text. */
function scalar(text: string | null): string {
  if (text === null) {
    return 'null';
  }
  return plainScalar.test(text) && !reserved.test(text) ? text : plainLine(JSON.stringify(text));
}

const fields = [
  'type',
  'id',
  'uniqueId',
  'contentSha256',
  'owner',
  'reason',
  'reviewedBy',
  'reviewedAt',
] as const satisfies readonly (keyof BaselineEntry)[];

function entryLines(entry: BaselineEntry): readonly string[] {
  return fields.map((field, index) => `${index === 0 ? '  - ' : '    '}${field}: ${scalar(entry[field])}`);
}

/** A baseline as a file for people: a header that says how to review it, then the entries. */
export function renderBaseline(baseline: Baseline, header: BaselineHeader): string {
  return [
    ...headerLines(header, baseline),
    `capturedAt: ${scalar(baseline.capturedAt)}`,
    `evidence: ${scalar(baseline.evidence)}`,
    baseline.expected.length === 0 ? 'expected: []' : 'expected:',
    ...baseline.expected.flatMap(entryLines),
    '',
  ].join('\n');
}
