import { describe, expect, jest, test } from '@jest/globals';
import { type AuditResult, auditResultSchema } from '../../src/model/audit-result.ts';
import { renderHtml } from '../../src/report/renderers/html.ts';
import { clip, visible } from '../../src/report/text/visible.ts';
import { benign, hostile, isTime, rounds } from '../support/hostile-corpus.ts';
import { demoResult, listIn, pageReader, textIn } from '../support/open-page.ts';
import { spoiledDocument } from '../support/spoiled-document.ts';

jest.setTimeout(120_000);

const read = pageReader();
const example = demoResult();

/** Each element, folds opened, with the names of its attributes: what only templates may decide. */
const shapeOf = `
  for (const details of document.querySelectorAll('details')) details.open = true;
  [...document.querySelectorAll('*')].map(
    (element) => element.localName + '[' + element.getAttributeNames().sort().join(' ') + ']',
  )
`;

/** Null where this machine has no browser. */
async function shapesOf(result: AuditResult): Promise<ReadonlySet<string> | null> {
  let shapes: ReadonlySet<string> | null = null;
  await read(renderHtml(result), async ({ page }) => {
    shapes = new Set(await listIn(page, shapeOf));
  });
  return shapes;
}

describe('a page in which every string was written by a stranger', () => {
  test('is the page of harmless strings, element for element', async () => {
    const plain = await shapesOf(spoiledDocument(auditResultSchema, example, benign, isTime).document);
    expect(plain?.size ?? Number.POSITIVE_INFINITY).toBeGreaterThan(60);
    for (const round of rounds) {
      const { document } = spoiledDocument(auditResultSchema, example, hostile(round), isTime);
      await read(renderHtml(document), async ({ page, messages, requests }) => {
        const shapes = await listIn(page, shapeOf);
        await page.waitForTimeout(100);
        expect(shapes.filter((element) => plain?.has(element) !== true)).toEqual([]);
        expect(await textIn(page, 'String(window.ran)')).toBe('undefined');
        expect(messages).toEqual([]);
        expect(requests).toEqual([]);
        const links = await listIn(page, `[...document.links].map((link) => link.getAttribute('href'))`);
        expect(links.filter((link) => !link.startsWith('#'))).toEqual([]);
        const text = await textIn(page, `document.querySelector('main').textContent`);
        expect(text).not.toMatch(/(?![\n ])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        const shown = document.findings.filter(({ message }) => text.includes(visible(clip(message, 2048))));
        expect(shown).toHaveLength(document.findings.length);
      });
    }
  });
});
