import { describe, expect, test } from '@jest/globals';
import { runningHead } from '../../../src/report/page-assets.ts';
import { renderHtml } from '../../../src/report/renderers/html.ts';
import { styleString } from '../../../src/report/text/style-string.ts';
import { hostileTexts } from '../../support/hostile-result.ts';
import { incidentResult } from '../../support/incident-result.ts';
import { buildResult } from '../../support/result-builder.ts';

const kilobyte = 1000;

describe('a page before its data', () => {
  test('weighs less than 300 KB', () => {
    const bytes = Buffer.byteLength(renderHtml(buildResult()));
    expect(bytes).toBeGreaterThan(50 * kilobyte);
    expect(bytes).toBeLessThan(300 * kilobyte);
  });

  test('has no style and no handler of its own on any element, and a policy that lets nothing in', () => {
    const html = renderHtml(incidentResult());
    const markup = html.replace(/<(style|script)\b[^>]*>.*?<\/\1>/gs, '');
    expect(markup.length).toBeGreaterThan(20 * kilobyte);
    expect(markup).not.toMatch(/<[^>]*\sstyle=/);
    expect(markup).not.toMatch(/<[a-z][^>"]*(?:"[^"]*"[^>"]*)*\son[a-z]+=/);
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html) ?? [];
    expect(policy.split('; ').map((directive) => directive.replace(/sha256-[^']+/, 'sha256'))).toEqual([
      "default-src 'none'",
      "style-src 'sha256'",
      "script-src 'sha256'",
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
    expect(html.match(/<script\b(?![^>]*application\/json)/g)).toHaveLength(1);
  });

  test('its scripts write text and never markup', () => {
    const [, script = ''] = /<script>(.*?)<\/script>/s.exec(renderHtml(buildResult())) ?? [];
    expect(script.length).toBeGreaterThan(10 * kilobyte);
    expect(script).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|fetch\(|XMLHttpRequest/,
    );
  });
});

describe('the running head', () => {
  test('names the incident', () => {
    expect(runningHead('INC-1', 'Report')).toBe('INC-1 · Report');
    expect(runningHead(null, 'Report')).toBe('Report');
    expect(styleString('INC-2026-014 · A')).toBe('"INC-2026-014 \\b7  A"');
  });

  test.each(Object.entries(hostileTexts))('cannot end its string or its style: %s', (_, text) => {
    const value = styleString(runningHead(text, text));
    expect(value).toMatch(/^"(?:[A-Za-z0-9 .,:-]|\\[0-9a-f]{1,6} )*"$/);
    expect(value.length).toBeLessThan(2000);
  });
});
