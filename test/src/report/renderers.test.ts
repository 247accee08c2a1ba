import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { auditResultSchema } from '../../../src/model/audit-result.ts';
import { isReportFormat, render, renderers } from '../../../src/report/renderers/index.ts';
import { readPartials, readTemplate } from '../../../src/report/templates.ts';
import { plainStyles, terminalSummary } from '../../../src/report/terminal-summary.ts';
import { buildReportView } from '../../../src/report/view-model/build-report-view.ts';
import { decisionTexts } from '../../../src/report/view-model/wording.ts';
import { type HostileName, hostileResult, hostileTexts } from '../../support/hostile-result.ts';
import { incidentResult } from '../../support/incident-result.ts';
import { buildFinding, buildResult } from '../../support/result-builder.ts';

const hostileNames = Object.keys(hostileTexts).filter((name): name is HostileName => name in hostileTexts);

/** The tags that our own Markdown templates write. */
const ownTags = new Set([
  '<details>',
  '</details>',
  '<summary>',
  '</summary>',
  '<strong>',
  '</strong>',
  '<code>',
  '</code>',
]);

/** Takes code spans out as CommonMark reads them: a run of backticks to the next run of the same length. */
function withoutCode(line: string): string {
  return line.replace(/<code>[^<]*<\/code>/g, '').replace(/(?<!\\|`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, '');
}

describe('templates', () => {
  const pages = ['report.html.hbs', 'report.md.hbs'].map(readTemplate);
  const partials = [...readPartials('html').values(), ...readPartials('md').values()];

  test('print nothing raw', () => {
    expect(partials.length).toBeGreaterThan(10);
    for (const text of [...pages, ...partials]) {
      expect(text).not.toMatch(/\{\{\{|\{\{&/);
    }
  });

  test('quote every attribute that holds a value', () => {
    for (const text of [...pages, ...readPartials('html').values()]) {
      expect(text).not.toMatch(/=\{\{|='[^']*\{\{|\son\w+=|\sstyle=/);
    }
  });
});

describe('HTML', () => {
  const html = render(incidentResult(), 'html');

  test('carries a policy with the digests of its own style and script', () => {
    for (const tag of ['style', 'script']) {
      const text = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(html)?.[1] ?? '';
      const digest = createHash('sha256').update(text).digest('base64');
      expect(html).toContain(`${tag}-src 'sha256-${digest}'`);
    }
    expect(html).toContain("default-src 'none'");
    expect(html).not.toContain('unsafe-inline');
  });

  test('weighs little before data and loads nothing', () => {
    expect(render(buildResult(), 'html').length).toBeLessThan(300_000);
    expect(html).not.toMatch(/\s(?:src|srcset|action)=|@import|url\(/);
  });

  test('is the same twice', () => {
    expect(render(incidentResult(), 'html')).toBe(html);
  });

  test('shows the banner of evidence that is not from AWS', () => {
    expect(html).toContain('Recorded from an emulator, not AWS');
    expect(render(buildResult(), 'html')).not.toContain('emulator');
  });

  test('stays small over many findings', () => {
    const findings = Array.from({ length: 5_000 }, (_, index) =>
      buildFinding({
        check: 'identity/example',
        decision: index % 2 === 0 ? 'explain' : 'harden',
        subject: { arn: `arn:${index}`, type: 'iam-user', accountId: null, region: null, name: `u${index}` },
      }),
    );
    const page = render(buildResult({ findings }), 'html');
    expect(page.length).toBeLessThan(1_000_000);
    expect(page).toContain('2,300 more groups are not written out here');
  });
});

describe('Markdown', () => {
  test('holds what the page holds', () => {
    const text = render(incidentResult(), 'md');
    expect(text).toContain('## The intruder’s access is not gone');
    expect(text).toContain('`arn:aws:iam::111122223333:user/svc-backup-admin`');
    expect(text).toContain('`cloudtrail:DescribeTrails`');
    expect(text).toContain('Careful:');
    expect(text).not.toContain('[object Object]');
    expect(text).not.toContain('Shortened');
  });

  test('fits a comment and says what it left out', () => {
    const findings = Array.from({ length: 3_000 }, (_, index) =>
      buildFinding({
        check: 'identity/example',
        subject: {
          arn: `arn:aws:iam::111122223333:user/u${index}`,
          type: 'iam-user',
          accountId: null,
          region: null,
          name: `u${index}`,
        },
      }),
    );
    const text = render(buildResult({ findings }), 'md');
    expect(text.length).toBeLessThanOrEqual(60_000);
    expect(text).toContain('**Shortened**');
    expect(text).toMatch(/[\d,]+ more groups are not written out here/);
    expect(text).toContain('`result.json`');
  });

  test.each(hostileNames)('%s stays text', (name) => {
    const text = render(hostileResult(name), 'md');
    expect(text.length).toBeLessThanOrEqual(60_000);
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/u);
    for (const line of text.split('\n')) {
      const outside = withoutCode(line);
      const tags = outside.match(/<[^>]*>?/g) ?? [];
      expect(tags.filter((tag) => !ownTags.has(tag))).toEqual([]);
      expect(outside).not.toMatch(/https?:\/\/|@octocat|#1|GH-2/);
      if (!outside.startsWith('<summary>')) {
        expect(outside).not.toMatch(/(?<!\\)\]\(|(?<!\\)!\[/);
      }
    }
  });

  test('a table keeps its columns', () => {
    const text = render(hostileResult('markdownTable'), 'md');
    const lines = text.split('\n');
    const columnsOf = (line: string): number => (line.match(/(?<!\\)\|/g) ?? []).length;
    let columns = 0;
    let rows = 0;
    for (const [index, line] of lines.entries()) {
      if (line.startsWith('| ')) {
        const starts = lines[index - 1]?.startsWith('| ') !== true;
        columns = starts ? columnsOf(line) : columns;
        rows += 1;
        expect(columnsOf(line)).toBe(columns);
      }
    }
    expect(rows).toBeGreaterThan(8);
  });
});

describe('JSON', () => {
  test('is the document itself', () => {
    const result = incidentResult();
    const text = render(result, 'json');
    expect(auditResultSchema.parse(JSON.parse(text))).toEqual(result);
    expect(text.endsWith('}\n')).toBe(true);
    expect(text).toContain('\n  "schemaVersion": 1,');
  });

  test.each(hostileNames)('%s comes back as it was, and shows nothing hidden', (name) => {
    const result = hostileResult(name);
    const text = render(result, 'json');
    expect(JSON.parse(text)).toEqual(result);
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  });
});

describe('the terminal summary', () => {
  test('puts scope and gaps before findings', () => {
    const text = terminalSummary(incidentResult());
    const places = ['In scope', 'Not seen', 'Findings: 26', 'The intruder’s access is not gone', 'Next'].map(
      (heading) => text.indexOf(heading),
    );
    expect(places).toEqual([...places].sort((left, right) => left - right));
    expect(places).not.toContain(-1);
    expect(text).toContain('3 of 5 accounts');
    expect(text).toContain('and 16 more findings');
  });

  test('says what the report says', () => {
    const limits = { cardsPerChapter: 0, findingsPerCard: 0, rows: 5, names: 3, characters: 400 };
    for (const result of [incidentResult(), buildResult()]) {
      const { verdict, scope, blindSpots, nextSteps, overview } = buildReportView(result, limits, '');
      const text = terminalSummary(result, { width: 400 });
      const said = [
        verdict.headline,
        verdict.sentence,
        ...verdict.reasons.map(({ label }) => label),
        scope.accounts.value,
        ...scope.loud,
        blindSpots.headline,
        ...nextSteps.map(({ title, sentence }, index) => `${index + 1}. ${title} (${sentence})`),
        ...overview.bars.map(({ id }) => decisionTexts[id].title),
      ];
      expect(said.filter((words) => !text.includes(words))).toEqual([]);
      for (const { id, count } of overview.bars) {
        const row = text.split('\n').find((line) => line.startsWith(`  ${decisionTexts[id].title} `)) ?? '';
        const counts = [...row.matchAll(/\d+/g)].map(([number]) => Number(number));
        expect(counts.reduce((sum, number) => sum + number, 0)).toBe(count);
      }
    }
  });

  test('colours only through the styles it is given', () => {
    const loud = (text: string): string => `<${text}>`;
    const styled = terminalSummary(incidentResult(), { styles: { ...plainStyles, strong: loud } });
    expect(styled).toContain('<In scope>');
    expect(terminalSummary(incidentResult())).not.toContain('\u001b');
  });

  test.each(hostileNames)('%s cannot move the cursor or flood the screen', (name) => {
    const text = terminalSummary(hostileResult(name), { width: 100 });
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    expect(text.split('\n').length).toBeLessThan(70);
    for (const line of text.split('\n')) {
      expect(line.length).toBeLessThanOrEqual(110);
    }
  });
});

test('formats are known by name', () => {
  expect(Object.keys(renderers)).toEqual(['html', 'md', 'json', 'sarif', 'ocsf', 'csv']);
  expect(isReportFormat('html')).toBe(true);
  expect(isReportFormat('toString')).toBe(false);
});
