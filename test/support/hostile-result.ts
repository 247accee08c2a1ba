import { type AuditResult, auditResultSchema } from '../../src/model/audit-result.ts';
import { eventFactsOf, incidentParts } from './full-incident.ts';
import { hostileLabels } from './hostile-trace.ts';
import { incidentResult } from './incident-result.ts';
import { traceFixture } from './trace-fixture.ts';

/** Texts that an intruder may have typed into a name, a tag, a description or a user agent. */
export const hostileTexts = {
  script: '<script>window.ran = 1</script>',
  image: '<img src=x onerror="window.ran = 1">',
  svg: '<svg onload=window.ran=1><a xlink:href="javascript:window.ran=1">x</a></svg>',
  attribute: '" onmouseover="window.ran = 1" autofocus onfocus=\'window.ran = 1\' x="',
  closers: '</title></style></script></table></details></summary></code></main><b>loose</b>',
  comment: '--><!-- ]]><![CDATA[ <?php',
  link: 'javascript:window.ran=1',
  handlebars: '{{{this}}} {{> card}} {{constructor.constructor}} {{lookup . "__proto__"}}',
  markdownTable: 'a | b | c |\n| --- | --- |\n| x | y |',
  markdownLink: '[click](javascript:alert(1)) ![pixel](https://evil.example/p.png) <https://evil.example>',
  markdownBlocks: '\n\n# Heading\n\n- item\n\n```\nfence\n```\n\n</details>\n\n> quote',
  backticks: '`` ` ``` code `',
  mention: '@octocat fixes #1 GH-2 https://evil.example www.evil.example $x^2$ :tada:',
  ansi: '\u001b[31mred\u001b[0m \u009b2J \u001b]0;title\u0007 \u001b]8;;https://evil.example\u001b\\link',
  bidi: 'user\u202Etxt.exe\u202C \u2066hidden\u2069 \u200Bzero\u200Dwidth\uFEFF',
  lines: 'one\r\ntwo\u2028three\u2029four\u0085five\ttab\vfeed\f',
  nothing: 'nul\u0000byte \ud800 lone \udfff',
  formula: '=HYPERLINK("https://evil.example","x")+cmd|\' /C calc\'!A0',
  prototype: '__proto__',
  endless: 'A'.repeat(65_536),
} as const;

export type HostileName = keyof typeof hostileTexts;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Values that the engine chooses from a fixed list; a stranger cannot write them. */
const ownWords = new Set([
  'severity',
  'attribution',
  'decision',
  'kind',
  'outcome',
  'reason',
  'scope',
  'history',
  'answer',
  'status',
  'actions',
  'exposure',
  'administrator',
  'state',
]);

function poison(value: unknown, key: string, text: string): unknown {
  if (typeof value === 'string') {
    return ownWords.has(key) ? value : text;
  }
  if (Array.isArray(value)) {
    return value.map((item) => poison(item, key, text));
  }
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, poison(item, name, text)]));
  }
  return value;
}

/** Lineage and events with every label spoiled; ids and times stay, so that tree, lanes and bars are drawn. */
function spoiledTrail(name: HostileName): Pick<AuditResult, 'lineage' | 'events'> {
  const spoiled = hostileLabels(name);
  const times = new Map(traceFixture().lineage.nodes.map((node) => [node.id, node]));
  const nodes = spoiled.lineage.nodes.map((node) => ({
    ...node,
    firstSeenAt: times.get(node.id)?.firstSeenAt ?? null,
    lastSeenAt: times.get(node.id)?.lastSeenAt ?? null,
    expiresAt: times.get(node.id)?.expiresAt ?? null,
    survivesKeyRevocation:
      node.survivesKeyRevocation === null
        ? null
        : { answer: node.survivesKeyRevocation.answer, why: node.survivesKeyRevocation.why },
  }));
  return {
    lineage: { ...spoiled.lineage, nodes, alreadyGone: [] },
    events: eventFactsOf(spoiled),
  };
}

/** The log of actions, the run before and the files of the evidence: texts of people and of AWS alike. */
function spoiledRuns(result: AuditResult, text: string): Pick<AuditResult, 'verification' | 'history'> {
  const { verification, history } = result;
  return {
    verification:
      verification === null
        ? null
        : {
            ...verification,
            findings: verification.findings.map((finding) => ({
              ...finding,
              fingerprint: text,
              check: text,
              title: text,
              why: text,
              subject: { ...finding.subject, arn: text, type: text, name: text },
              step: finding.step === null ? null : { id: text, action: text, outcome: text, at: text },
            })),
            actions: verification.actions.map((entry) => ({
              ...entry,
              at: text,
              plan: text,
              step: text,
              action: text,
              detail: text,
            })),
          },
    history:
      history === null
        ? null
        : {
            ...history,
            resolved: history.resolved.map((one) => ({
              ...one,
              title: text,
              subject: { ...one.subject, arn: text, type: text, name: text },
            })),
            cannotTell: history.cannotTell.map((one) => ({
              ...one,
              title: text,
              why: text,
              subject: { ...one.subject, arn: text, type: text, name: text },
            })),
          },
  };
}

/** Keys that join one part of a result to another must stay joined, or little of it would be printed. */
function joined(result: AuditResult, text: string, name: HostileName): unknown {
  const spoiled = poison(result, '', text);
  if (!isObject(spoiled)) {
    return spoiled;
  }
  return {
    ...spoiled,
    tool: result.tool,
    totals: result.totals,
    coverage: isObject(spoiled['coverage'])
      ? {
          ...spoiled['coverage'],
          byAccount: result.coverage.byAccount.map((account) => ({
            ...account,
            name: text,
            keys: { [text]: 'missing' },
          })),
          notSwept: [{ accountId: text, reason: text }],
          trail: { from: text, to: text, holes: [{ from: text, to: text, where: text, why: text }] },
          byService: { [text]: { calls: 1, observations: 1, gaps: 1, accounts: 1 } },
        }
      : null,
    checks: result.checks.map((check) => ({
      ...check,
      title: text,
      failureTitle: text,
      description: text,
      population: text,
      remediation: { ...check.remediation, why: text, cautions: [text] },
      frameworks: { [text]: [text] },
      techniques: [text],
      references: [text],
    })),
    results: result.results.map((row, index) => ({
      ...row,
      units: [{ accountId: text, region: text }],
      ...(index === 0 ? { outcome: 'error', reason: text } : {}),
      ...(row.instructions === undefined ? {} : { instructions: text }),
      ...(row.gaps === undefined
        ? {}
        : {
            gaps: row.gaps.map((gap) => ({
              ...gap,
              operation: text,
              unit: text,
              detail: text,
              permission: text,
              deniedBy: text,
              resource: text,
            })),
          }),
    })),
    findings: result.findings.map((finding, index) => ({
      ...finding,
      title: text,
      message: text,
      subject: {
        ...finding.subject,
        arn: `${text}${index}`,
        uniqueId: text,
        name: text,
        type: text,
        accountId: text,
        region: text,
      },
      signals: [{ code: text, fact: text, source: text }],
      provenance: [
        {
          eventId: text,
          eventTime: text,
          eventName: text,
          actorArn: text,
          accessKeyId: text,
          sourceIp: text,
        },
      ],
      survivesKeyRevocation: { answer: 'until', why: text, until: text },
      evidence: [{ key: text, accountId: text, region: text, pointer: text, asOf: text }],
    })),
    exceptions: result.exceptions.map((exception) => ({
      ...exception,
      target: text,
      subject: text,
      reason: text,
    })),
    ...spoiledTrail(name),
    ...spoiledRuns(result, text),
    incident: {
      id: text,
      title: text,
      window: { from: text, to: text },
      milestones: {
        [text]: '2026-11-03T11:00:00Z',
        detected: '2026-11-03T11:05:00Z',
        contained: '2026-11-03T10:00:00Z',
        closed: text,
      },
    },
  };
}

/** The incident's result with one hostile text in every place that a stranger could have written. */
export function hostileResult(name: HostileName): AuditResult {
  return auditResultSchema.parse(joined(incidentResult(incidentParts()), hostileTexts[name], name));
}
