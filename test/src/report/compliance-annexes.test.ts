import { describe, expect, test } from '@jest/globals';
import { compliancePage } from '../../../src/catalog/compliance-page.ts';
import { loadChecks } from '../../../src/engine/load-checks.ts';
import { render } from '../../../src/report/renderers/index.ts';
import { incidentResult } from '../../support/incident-result.ts';
import { buildCheck, buildFinding, buildGap, buildResult, buildRow } from '../../support/result-builder.ts';

function section(html: string, id: string): string {
  const found = new RegExp(`<section id="${id}"[\\s\\S]*?(?=<section id=|</main>)`).exec(html)?.[0];
  if (found === undefined) {
    throw new Error(`no section ${id}`);
  }
  return found;
}

const check = buildCheck({
  id: 'keys/root',
  population: 'root users',
  frameworks: { 'CIS AWS 7.0': ['2.4'], 'NIST 800-53 r5': ['AC-2'] },
  techniques: ['T1098.001'],
});
const passed = { checks: [check], results: [buildRow({ check: check.id, examined: 1 })] };

describe('the compliance annex', () => {
  test('says satisfied with mark, word and what was looked at', () => {
    const html = section(render(buildResult(passed), 'html'), 'compliance');
    expect(html).toMatch(/aria-hidden="true">✓<\/span> Satisfied<\/span>/);
    expect(html).toContain('Satisfied as far as looked at');
    expect(html).toContain('1 root users in 1 place');
    expect(html).toContain('Not assessed by this tool:');
    expect(html).not.toContain('Out of view');
  });

  test('of one account of many it says so, and nothing is satisfied', () => {
    const scope = { ...buildResult().scope, ofAccounts: 12 };
    for (const format of ['html', 'md'] as const) {
      const text = render(buildResult({ ...passed, scope }), format);
      expect(text).toContain('1 of 12 accounts');
      expect(text).toMatch(/only 1 of 12 accounts were swept/);
      expect(text).not.toMatch(/✓ Satisfied|✓<\/span> Satisfied/);
    }
  });

  test('an open finding links its card', () => {
    const finding = buildFinding({ check: check.id });
    const results = [
      buildRow({ check: check.id, outcome: 'fail', examined: 1, findings: [finding.fingerprint] }),
    ];
    const page = render(buildResult({ ...passed, results, findings: [finding] }), 'html');
    const [, href] = /<a class="control-card" href="#([^"]+)">/.exec(section(page, 'compliance')) ?? [];
    expect(href).toBeDefined();
    expect(page).toContain(`id="${href}"`);
  });

  test('every status has a mark and a word in every row, so colour only repeats them', () => {
    const html = section(render(incidentResult(), 'html'), 'compliance');
    const statuses = html.match(/<span class="control-status [^>]*>/g) ?? [];
    const marked =
      html.match(
        /<span class="control-status [^>]*><span class="control-mark" aria-hidden="true">[✓×?◇–]<\/span> \w/g,
      ) ?? [];
    expect(statuses.length).toBeGreaterThan(2);
    expect(marked).toHaveLength(statuses.length);
  });

  test('what AWS wrote stays text', () => {
    const scopeGaps = [buildGap({ operation: '<img src=x onerror=alert(1)>', unit: '| a | b |\n# c' })];
    const coverage = { ...buildResult().coverage, scopeGaps };
    const html = section(render(buildResult({ ...passed, coverage }), 'html'), 'compliance');
    expect(html).not.toContain('<img');
    const markdown = render(buildResult({ ...passed, coverage }), 'md');
    expect(markdown).not.toMatch(/^# c/m);
  });
});

describe('the ATT&CK annex', () => {
  test('every cell says its state in a mark and in words', () => {
    const html = section(render(incidentResult(), 'html'), 'attack');
    const cells = html.match(/<li class="cell /g) ?? [];
    const said = html.match(/<span class="cell-says">[^<]{3,}<\/span>/g) ?? [];
    expect(cells.length).toBeGreaterThan(3);
    expect(said).toHaveLength(cells.length);
    expect(html).toContain('version 19');
    expect(html).toMatch(/\d+ not covered/);
  });

  test('the twin folds both annexes', () => {
    const markdown = render(incidentResult(), 'md');
    expect(markdown).toMatch(/<details>\n<summary>Compliance: /);
    expect(markdown).toMatch(/<details>\n<summary>ATT&amp;CK 19: /);
  });
});

describe('the generated page', () => {
  test('links every check under its controls and names the redirects', async () => {
    const checks = await loadChecks();
    const page = compliancePage(checks);
    expect(checks.filter(({ meta }) => !page.includes(`checks/${meta.id}.md`))).toEqual([]);
    expect(page).toContain('| T1562.008 | T1685.002 |');
    expect(page).toContain('| CIS AWS 5.0 1.12 | dropped |');
    expect(page).toMatch(/Not assessed by this tool: 2\.1\.3, /);
  });
});
