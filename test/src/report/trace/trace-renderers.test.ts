import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { type TraceResult, traceResultSchema } from '../../../../src/model/trace-result.ts';
import { render } from '../../../../src/report/renderers/index.ts';
import { plainStyles } from '../../../../src/report/terminal-summary.ts';
import { buildTraceView } from '../../../../src/report/trace/build-trace-view.ts';
import { traceRenderers, traceTree } from '../../../../src/report/trace/index.ts';
import { indicatorsYaml, yamlText } from '../../../../src/report/trace/indicators-yaml.ts';
import { type HostileName, hostileTexts } from '../../../support/hostile-result.ts';
import { hostileLabels, hostileTrace } from '../../../support/hostile-trace.ts';
import { incidentResult } from '../../../support/incident-result.ts';
import { largeTrace, leakedKey, traceFixture } from '../../../support/trace-fixture.ts';

const hostileNames = Object.keys(hostileTexts).filter((name): name is HostileName => name in hostileTexts);
const limits = { rows: 100, branches: 200, names: 6, characters: 1024 };
const hidden = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Takes code spans out as CommonMark reads them. */
function withoutCode(line: string): string {
  return line.replace(/<code>[^<]*<\/code>/g, '').replace(/(?<!\\|`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, '');
}

describe('the view', () => {
  const view = buildTraceView(traceFixture(), limits, 'trace.json');

  test('says what outlives the key, and what was not seen', () => {
    expect(view.headline).toBe('34 things of the incident outlive the leaked key');
    expect(view.notSeen.limits).toHaveLength(4);
    expect(view.lineage.limits).toEqual(view.notSeen.limits);
    expect(view.lineage.survivors).toMatchObject({ gone: { total: 1 }, ends: 1 });
    expect(view.nextSteps.map(({ href }) => href)).toEqual([
      '#credentials',
      '#survivors',
      '#rotation',
      '#not-seen',
      '#suspects',
      '#indicators',
    ]);
  });

  test('a session that had ended is told as ended, nowhere as outliving the key', () => {
    const whole = traceFixture();
    const nodes = whole.lineage.nodes.map((node) =>
      node.label === 'federated user dev' && node.survivesKeyRevocation !== null
        ? { ...node, survivesKeyRevocation: { ...node.survivesKeyRevocation, answer: 'no' as const } }
        : node,
    );
    const ended = { ...whole, lineage: { ...whole.lineage, nodes } };
    const shown = buildTraceView(ended, limits, 'trace.json');
    expect(shown.lineage.survivors).toMatchObject({ livesOn: { total: 33 }, ends: 1, ended: 1 });
    expect(shown.sentence).toContain('1 session had already ended.');
    const session = shown.lineage.artefacts.shown.find(({ name }) => name === 'federated user dev');
    expect(session?.marks).toContainEqual(expect.stringMatching(/^ended at 2026-11-0/));
    expect(session?.survival).toMatchObject({
      label: expect.stringMatching(/^Ended at .* at the latest$/),
      lasting: false,
    });
    const line = traceTree(ended, { width: 300 })
      .split('\n')
      .find((text) => text.includes('federated user dev'));
    expect(line).toContain('[ended at 2026-11-0');
  });

  test('proves every artefact with events, keys, sources and files', () => {
    const made = view.lineage.artefacts.shown.find(({ name }) => name === 'svc-backup');
    expect(made?.proof.shown[0]).toMatchObject({
      event: 'iam:CreateUser',
      accessKeyId: leakedKey,
      sourceIp: '198.51.100.23',
      outcome: 'done',
    });
    expect(made?.proof.shown[0]?.file).toContain('.json.gz');
    const trail = view.lineage.artefacts.shown.find(({ name }) => name === 'org-trail');
    expect(trail?.proof.shown.map(({ outcome }) => outcome)).toEqual(['done', 'failed: AccessDenied']);
  });

  test.each<[string, Partial<TraceResult>]>([
    ['no coverage', { coverage: [] }],
    ['a gap', { gaps: traceFixture().gaps }],
    ['no window', { incident: {} }],
  ])('never says that all was seen with %s', (_name, fields) => {
    const lineage = { nodes: [], edges: [], events: [] };
    const shown = buildTraceView(traceFixture({ lineage, ...fields }), limits, 'trace.json');
    expect(shown.notSeen.limits.length).toBeGreaterThan(0);
    expect(shown.headline).toBe('No act of the named credentials was found');
  });

  test('a credential of the incident without any event is named as such', () => {
    const shown = buildTraceView(
      traceFixture({ incident: { compromised: { accessKeyIds: ['AKIANEVERSEENEXAMPLE'] } } }),
      limits,
      'trace.json',
    );
    expect(shown.credentials.rows.shown.at(-1)?.detail).toContain('no event');
  });
});

describe('indicators', () => {
  test.each(hostileNames)('%s is one YAML value', (name) => {
    const text = hostileTexts[name];
    expect(parse(yamlText(text))).toBe(text);
    expect(yamlText(text)).toMatch(/^[\x20-\x7e]*$/);
  });

  test('read as a part of an incident file', () => {
    const { indicators } = traceFixture();
    const { accessKeyIds, ...rest } = indicators;
    expect(parse(indicatorsYaml(indicators, 100).join('\n'))).toEqual({
      compromised: { accessKeyIds },
      indicators: rest,
    });
  });

  test('count what they leave out', () => {
    const lines = indicatorsYaml(
      { sourceIps: ['192.0.2.1', '192.0.2.2'], userAgents: ['A'.repeat(400)], names: [], accessKeyIds: [] },
      1,
    );
    expect(lines).toContain('    # and 1 more in trace.json');
    expect(lines).toContain('    # left out: a value of 400 characters');
  });
});

describe('HTML', () => {
  const html = traceRenderers.html.render(traceFixture());

  test('carries a policy with the digests of its own style and script', () => {
    for (const tag of ['style', 'script']) {
      const text = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(html)?.[1] ?? '';
      expect(html).toContain(`${tag}-src 'sha256-${createHash('sha256').update(text).digest('base64')}'`);
    }
    expect(html).not.toMatch(/\s(?:src|srcset|action)=|@import|url\(|\sstyle=|\son\w+=/);
  });

  test('is the same twice, and for another order of the input', () => {
    const { lineage } = traceFixture();
    const turned = traceFixture({
      lineage: {
        nodes: lineage.nodes.toReversed(),
        edges: lineage.edges.toReversed(),
        events: lineage.events.toReversed(),
      },
    });
    expect(traceRenderers.html.render(turned)).toBe(html);
  });

  test('has no id twice and no link into nowhere', () => {
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...html.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(40);
    expect(links.filter((link) => !ids.includes(link))).toEqual([]);
  });

  test('stays small over many nodes', () => {
    expect(traceRenderers.html.render(largeTrace(500)).length).toBeLessThan(1_000_000);
  });
});

describe('Markdown', () => {
  const text = traceRenderers.md.render(traceFixture());

  test('holds what the page holds', () => {
    for (const part of [
      '## 34 things of the incident outlive the leaked key',
      '**Limit:** 1 hole in 1 account and region',
      '### Rotate',
      '```yaml',
      '## Suspects, proposed and not added',
      '`AKIAI44QH8DHBEXAMPLE`',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('[object Object]');
  });

  test('fits a comment and says what it left out', () => {
    const large = traceRenderers.md.render(largeTrace(2_000));
    expect(large.length).toBeLessThanOrEqual(60_000);
    expect(large).toContain('**Shortened**');
  });

  test.each(hostileNames)('%s stays text', (name) => {
    for (const result of [hostileTrace(name), hostileLabels(name)]) {
      const shown = traceRenderers.md.render(result);
      expect(shown.length).toBeLessThanOrEqual(60_000);
      expect(shown).not.toMatch(hidden);
      const outsideOfYaml = shown.replace(/\n```yaml\n[\s\S]*?\n```\n/, '\n');
      expect(outsideOfYaml).not.toContain('\n```');
      for (const line of outsideOfYaml.split('\n')) {
        const outside = withoutCode(line);
        expect(
          (outside.match(/<[^>]*>?/g) ?? []).filter((tag) => !/^<\/?(?:details|summary)>$/.test(tag)),
        ).toEqual([]);
        expect(outside).not.toMatch(/https?:\/\/|@octocat|#1|GH-2/);
        expect(outside).not.toMatch(/(?<!\\)\]\(|(?<!\\)!\[/);
      }
    }
  });
});

test.each(hostileNames)('JSON: %s comes back as it was, and shows nothing hidden', (name) => {
  const result = hostileTrace(name);
  const text = traceRenderers.json.render(result);
  expect(traceResultSchema.parse(JSON.parse(text))).toEqual(result);
  expect(text).not.toMatch(hidden);
});

describe('the tree on a terminal', () => {
  test('puts what was not seen before what was covered, and both before what to do', () => {
    const text = traceTree(traceFixture());
    const places = [
      'AKIAIOSFODNN7EXAMPLE  Access key',
      'Not seen',
      'Covered:',
      'Rotate (3)',
      'Impact',
      'Next',
    ].map((part) => text.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((left, right) => left - right));
    expect(text).toContain('[attempted] change attempted 10:25:14');
    expect(text).toContain('[shared credential]');
    expect(text).toContain('[deleted]');
    expect(text).toContain('[never used]');
    expect(text).toContain('Latest end of a session that is known: 2026-11-04 21:40 UTC');
  });

  test('colours only through the styles it is given', () => {
    const loud = (text: string): string => `<${text}>`;
    expect(traceTree(traceFixture(), { styles: { ...plainStyles, strong: loud } })).toContain('<Not seen>');
    expect(traceTree(traceFixture())).not.toContain('\u001b');
  });

  test('says how much of a large trace it leaves out', () => {
    const text = traceTree(largeTrace(500), { width: 80 });
    expect(text).toMatch(/and [\d,]+ more lines in trace\.json/);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(104);
  });

  test.each(hostileNames)('%s cannot move the cursor or flood the screen', (name) => {
    for (const result of [hostileTrace(name), hostileLabels(name)]) {
      const text = traceTree(result, { width: 100 });
      expect(text).not.toMatch(hidden);
      expect(text.split('\n').length).toBeLessThan(200);
      for (const line of text.split('\n')) {
        expect(line.length).toBeLessThanOrEqual(110);
      }
    }
  });
});

describe('the report of a sweep', () => {
  const { lineage } = traceFixture();
  const gone = lineage.nodes.filter((node) => node.label === 'aws-support').map((node) => node.id);
  const result = incidentResult({ lineage: { ...lineage, alreadyGone: gone } });

  test('has the lineage chapters when events were followed, and links things to their findings', () => {
    const html = render(result, 'html');
    expect(html).toContain('What revoking the key did not end');
    expect(html).toContain('id="lineage-drawing-title"');
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...html.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id);
    expect(links.filter((link) => !ids.includes(link))).toEqual([]);
    const text = render(result, 'md');
    expect(text).toContain('## What revoking the key did not end');
    expect(text).toContain('## Lineage');
    expect(text.length).toBeLessThanOrEqual(60_000);
  });

  test('what the evidence no longer shows is listed as gone, not as alive', () => {
    expect(render(result, 'md')).toContain(
      '`aws-support` (IAM user): already gone, no longer in the evidence',
    );
  });

  test('has none of it when no events were followed', () => {
    expect(render(incidentResult(), 'html')).not.toMatch(/class="[^"]*lineage-drawing/);
    expect(render(incidentResult(), 'md')).not.toContain('## Lineage');
  });

  test('says with the lineage that the events have holes', () => {
    expect(render(result, 'md')).toContain('What the events covered is not stated');
  });

  test('proves its findings with event, time, actor, key and source', () => {
    const html = render(incidentResult(), 'html');
    for (const part of ['Events that prove it', 'Access key', '198.51.100.23', '0a1b2c3d-0000-4000-8000-']) {
      expect(html).toContain(part);
    }
  });
});
