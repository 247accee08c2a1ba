import type { AuditResult } from '../../../model/audit-result.ts';
import { sha256 } from '../../../model/sha256.ts';
import { loudestFirst } from '../../machine/loudest-first.ts';
import { incompleteCount, type OpenQuestion, openQuestions } from '../../machine/open-questions.ts';
import { type LineRange, resultLines } from '../../machine/result-lines.ts';
import { shown } from '../../machine/shown-text.ts';
import { jsonParts } from '../json.ts';
import type { RenderOptions } from '../render-options.ts';
import { brokeOff, type LeftOut, notificationDescriptors, notificationsOf } from './sarif-notifications.ts';
import { cannotTellResult, findingResult, openResult, type SarifContext } from './sarif-results.ts';
import { checksOf, sarifRule, worstSeverities } from './sarif-rules.ts';
import { taxonomiesOf } from './sarif-taxonomies.ts';

/** GitHub refuses a run with more results, and a file of more than 10 MB after gzip, which is some 100 MB of this. */
const limits = { results: 25_000, characters: 60_000_000 } as const;

/** `runs`, the run, `results`, the result. */
const levelsToResults = 4;

const nowhere: LineRange = { start: 1, end: 1 };

function byCheck(
  questions: readonly OpenQuestion[],
): readonly (readonly [OpenQuestion, ...OpenQuestion[]])[] {
  const groups = new Map<string, [OpenQuestion, ...OpenQuestion[]]>();
  for (const question of questions) {
    const group = groups.get(question.check);
    if (group === undefined) {
      groups.set(question.check, [question]);
    } else {
      group.push(question);
    }
  }
  return [...groups.values()];
}

/** Takes results in turn until one of GitHub's limits is reached. */
function takeResults(candidates: Iterable<object>): readonly object[] {
  const taken: object[] = [];
  let characters = 0;
  for (const candidate of candidates) {
    characters += JSON.stringify(candidate).length;
    if (taken.length === limits.results || characters > limits.characters) {
      break;
    }
    taken.push(candidate);
  }
  return taken;
}

/** GitHub keeps the alerts of each category apart: another scope must not close the alerts of this one. */
function categoryOf({ organizationId, scope }: AuditResult): string {
  const whole = scope.organizationInScope && scope.accounts.length === scope.ofAccounts;
  const part = whole ? '' : `-${sha256(scope.accounts.join(',')).slice(0, 8)}`;
  return `afterleak/${encodeURIComponent(shown(organizationId ?? 'account', 40))}${part}/`;
}

function isoTime(time: string): string | null {
  const milliseconds = Date.parse(time);
  return Number.isNaN(milliseconds) ? null : new Date(milliseconds).toISOString();
}

function times({ collection }: AuditResult): object {
  const start = isoTime(collection.startedAt);
  const end = isoTime(collection.endedAt);
  return { ...(start === null ? {} : { startTimeUtc: start }), ...(end === null ? {} : { endTimeUtc: end }) };
}

/**
 * SARIF 2.1.0 with one run. Findings are `fail`; what could not be judged is `open`, or `review` where a person must
 * look. What passed is only counted: GitHub would make an alert of each.
 */
export function sarifParts(result: AuditResult, options: RenderOptions = {}): Iterable<string> {
  const resultFile = options.resultFile ?? 'result.json';
  const checks = checksOf(result);
  const questions = openQuestions(result);
  const open = byCheck(questions.filter(({ accepted }) => !accepted));
  const ruleIndex = new Map(checks.map(({ id }, index) => [id, index]));
  const names = new Map(result.coverage.byAccount.map(({ accountId, name }) => [accountId, name]));
  const context: SarifContext = {
    resultFile,
    ruleIndex,
    accountName: (accountId) => names.get(accountId) ?? null,
  };
  const findingLines = resultLines(result, 'findings');
  const rowLines = resultLines(result, 'results');
  const lineOf = new Map(result.findings.map((finding, index) => [finding, findingLines[index] ?? nowhere]));
  const cannotTell = result.history?.cannotTell ?? [];

  function* candidates(): Generator<object> {
    for (const group of open) {
      yield openResult(group, rowLines[group[0].index] ?? nowhere, context);
    }
    for (const finding of loudestFirst(result.findings)) {
      yield findingResult(finding, lineOf.get(finding) ?? nowhere, context);
    }
    for (const earlier of cannotTell) {
      yield cannotTellResult(earlier, context);
    }
  }

  const taken = takeResults(candidates());
  const heldFindings = Math.max(0, Math.min(taken.length - open.length, result.findings.length));
  const leftOut: LeftOut = {
    findings: result.findings.length - heldFindings,
    cannotTell: cannotTell.length - Math.max(0, taken.length - open.length - heldFindings),
    held: taken.length,
  };
  const taxonomies = taxonomiesOf(checks);
  const worst = worstSeverities(result, new Set(open.map(([{ check }]) => check)));
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: result.tool.name,
            version: result.tool.version,
            semanticVersion: result.tool.version,
            language: 'en',
            notifications: notificationDescriptors(),
            rules: checks.map((check) => sarifRule(check, worst.get(check.id) ?? check.severity, taxonomies)),
            supportedTaxonomies: taxonomies.components.map(({ name }, index) => ({ name, index })),
          },
        },
        automationDetails: { id: categoryOf(result) },
        invocations: [
          {
            executionSuccessful: !brokeOff(result),
            ...times(result),
            toolExecutionNotifications: notificationsOf(result, questions, ruleIndex, leftOut),
          },
        ],
        artifacts: [{ location: { uri: encodeURI(resultFile) }, mimeType: 'application/json' }],
        taxonomies: taxonomies.components,
        columnKind: 'utf16CodeUnits',
        results: taken,
        properties: {
          complete: incompleteCount(result) === 0,
          incompleteResults: incompleteCount(result),
          findings: result.findings.length,
          findingsLeftOut: leftOut.findings,
          outcomes: result.totals.outcomes,
          asOf: shown(result.asOf, 40),
          evidenceDigest: shown(result.evidenceDigest, 128),
          resolvedSinceEarlierRun: result.history?.counts.resolved ?? null,
        },
      },
    ],
  };
  return jsonParts(log, levelsToResults);
}

export function renderSarif(result: AuditResult, options: RenderOptions = {}): string {
  return [...sarifParts(result, options)].join('');
}
