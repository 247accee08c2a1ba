import { describe, expect, test } from '@jest/globals';
import { markdownCode, markdownHtml, markdownText } from '../../../src/report/text/markdown-text.ts';
import { formatTime, listOf, typeLabel } from '../../../src/report/text/phrases.ts';
import { clip, visible } from '../../../src/report/text/visible.ts';

describe('visible', () => {
  test.each([
    ['\u001b[31m', '␛[31m'],
    ['a\u0000b\u007f', 'a␀b␡'],
    ['\u009b2J', '[U+009B]2J'],
    ['user\u202Etxt', 'user[U+202E]txt'],
    ['ad\u200Bmin\uFEFF', 'ad[U+200B]min[U+FEFF]'],
    ['one\r\ntwo\u2028', 'one␍␊two[U+2028]'],
    ['\ud800', '[U+D800]'],
    ['a\u00A0b', 'a[U+00A0]b'],
    ['\u{E0041}', '[U+E0041]'],
    ['\u3164', '[U+3164]'],
  ])('%j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test('leaves what people read', () => {
    const text = 'Jürgen 東京 العربية e\u0301 🦊 <b>&"';
    expect(visible(text)).toBe(text);
  });

  test('a tower of combining marks does not cover its neighbours', () => {
    expect(visible(`a${'\u0301'.repeat(4)}`)).toBe('a\u0301\u0301[U+0301][U+0301]');
  });

  test('clip says what it cut and splits no character', () => {
    expect(clip('abc', 3)).toBe('abc');
    expect(clip('abcd', 3)).toBe('abc… [cut: 4 characters]');
    expect(clip('a🦊b', 2)).toBe('a… [cut: 4 characters]');
  });
});

describe('Markdown', () => {
  test.each([
    ['a|b', 'a\\|b'],
    ['[x](y)', '\\[x\\](y)'],
    ['<b>&', '&lt;b&gt;&amp;'],
    ['# x', '\\# x'],
    ['1. x', '1\\. x'],
    ['2026-11-03', '2026-11-03'],
    ['*a* _b_ `c`', '\\*a\\* \\_b\\_ \\`c\\`'],
    ['see @octocat', '`see @octocat`'],
    ['https://evil.example', '`https://evil.example`'],
  ])('text %j', (text, escaped) => {
    expect(markdownText(text)).toBe(escaped);
  });

  test.each([
    ['a', '`a`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['', '—'],
    ['a|<b>', '<code>a&#124;&lt;b&gt;</code>'],
  ])('code %j', (text, escaped) => {
    expect(markdownCode(text)).toBe(escaped);
  });

  test('the inside of a tag cannot end it', () => {
    expect(markdownHtml('</summary>"\'')).toBe('&lt;/summary&gt;&quot;&#39;');
  });
});

describe('phrases', () => {
  test('times, lists and types', () => {
    expect(formatTime('2026-11-03T09:10:00.123Z')).toBe('2026-11-03 09:10 UTC');
    expect(formatTime('yesterday')).toBe('yesterday');
    expect(listOf(['a', 'b', 'c'])).toBe('a, b and c');
    expect(typeLabel('iam-user')).toBe('IAM user');
    expect(typeLabel('lambda-function')).toBe('Lambda function');
  });
});
