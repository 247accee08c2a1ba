import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { type AuditResult, auditResultSchema } from '../../src/model/audit-result.ts';
import { planRenderers } from '../../src/report/plan/index.ts';
import { renderers } from '../../src/report/renderers/index.ts';
import { terminalSummary } from '../../src/report/terminal-summary.ts';
import { clip, visible } from '../../src/report/text/visible.ts';
import { benign, hostile, isTime, rounds } from '../support/hostile-corpus.ts';
import { spoiledDocument } from '../support/spoiled-document.ts';

/** The demo's result: every part of a result that one run can fill is filled. */
const example = auditResultSchema.parse(
  JSON.parse(readFileSync(fileURLToPath(import.meta.resolve('../../reports/example/result.json')), 'utf8')),
);

function spoiled(round: number, keepTimes = true): AuditResult {
  return spoiledDocument(auditResultSchema, example, hostile(round), keepTimes ? isTime : undefined).document;
}

const ownWords = new Set((example.plan?.steps ?? []).flatMap(({ id, action }) => [id, action]));

/** Nobody else chooses these; a script refuses a plan in which they are anything else. */
function isPlain(text: string): boolean {
  return isTime(text) || ownWords.has(text) || /^(?:\d{12}|[0-9a-f]{64}|aws)$/.test(text);
}

const hidden = /(?![\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
/** A spreadsheet wants a byte order mark and rows that end like this; nothing else hidden. */
const withoutRowEnds = (text: string): string => text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
const formats = Object.entries(renderers);

function count(text: string, mark: string): number {
  return text.split(mark).length - 1;
}

describe('a result in which every string was written by a stranger', () => {
  test('reaches every part of the document', () => {
    const { document, texts } = spoiledDocument(auditResultSchema, example, (text) => `${text}!`);
    expect(texts).toBeGreaterThan(2000);
    expect(document.findings).toHaveLength(example.findings.length);
    expect(document.findings.every(({ message }) => message.endsWith('!'))).toBe(true);
    expect(document.plan?.steps.every(({ id }) => id.endsWith('!'))).toBe(true);
  });

  test.each(formats)('%s hides nothing and ends', (_name, { render }) => {
    for (const round of rounds) {
      for (const keepTimes of [true, false]) {
        const text = withoutRowEnds(render(spoiled(round, keepTimes)));
        expect(text.length).toBeGreaterThan(1000);
        expect(hidden.exec(text)?.index).toBeUndefined();
      }
    }
  });

  test('the page has the marks of its template and no other', () => {
    const plain = renderers.html.render(spoiledDocument(auditResultSchema, example, benign, isTime).document);
    for (const round of rounds) {
      const page = renderers.html.render(spoiled(round));
      expect(['<script', '<img', '<svg', '</a>', '</td>', '</li>'].map((mark) => count(page, mark))).toEqual(
        ['<script', '<img', '<svg', '</a>', '</td>', '</li>'].map((mark) => count(plain, mark)),
      );
      expect(page).not.toMatch(/<[^>]*\son\w+\s*=/i);
      expect(page).not.toMatch(/<a\s[^>]*href="(?!#|https:\/\/)/i);
    }
  });

  test.each(['json', 'sh', 'md'] as const)('the plan as %s hides nothing', (format) => {
    for (const round of rounds) {
      const { plan } = spoiledDocument(auditResultSchema, example, hostile(round), isPlain).document;
      expect(plan).not.toBeNull();
      if (plan !== null) {
        // The script's own tab, in its first lines.
        const text = planRenderers[format].render(plan).replace("IFS=' \t\n'", '');
        expect(hidden.exec(text)?.index).toBeUndefined();
      }
    }
  });

  test('the terminal shows it, and obeys none of it', () => {
    for (const round of rounds) {
      const result = spoiled(round);
      const text = terminalSummary(result);
      expect(hidden.exec(text)?.index).toBeUndefined();
      const title = result.findings[0]?.subject.name ?? '';
      expect(title).not.toBe('');
      expect(text.includes(visible(clip(title, 40)).slice(0, 12))).toBe(true);
    }
  });
});
