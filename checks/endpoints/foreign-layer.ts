import { defineCheck } from '../../src/model/check.ts';
import { listOption } from '../../src/model/check-option.ts';
import { functionSubject } from '../../src/model/endpoint-subject.ts';

function accountOf(layerArn: string): string {
  return layerArn.split(':')[4] ?? '';
}

export default defineCheck({
  meta: {
    id: 'endpoints/foreign-layer',
    title: 'Every layer of a function belongs to the organization or a known publisher',
    failureTitle: 'Function uses a layer of another organization',
    description:
      'A layer runs inside the function, sees its events and holds its credentials. The list of functions shows where a layer comes from, the list of layers does not. Withdrawing the share does not help: a function keeps the version that it already uses.',
    kind: 'tampering',
    severity: 'medium',
    raise: { 'in-window': 'critical', 'not-in-baseline': 'high', 'changed-since-baseline': 'high' },
    scope: 'region',
    requires: ['lambda.functions'],
    tolerates: ['lambda.functions'],
    population: 'functions',
    messages: {
      foreign: '{name} uses {layer} of account {account}, which is not in the organization.',
      unknownOrganization: {
        text: '{name} uses {layer} of account {account}; whether it belongs to the organization is not known.',
        severity: 'low',
      },
    },
    remediation: {
      actions: ['function-layer.remove'],
      why: 'Without the layer only reviewed code runs in the function.',
      cautions: [
        'The whole list of layers has to be given in its order. Vendors publish layers: ask the owner.',
      ],
    },
    techniques: ['T1648', 'T1574'],
    frameworks: { 'NIST 800-53 r5': ['CM-7', 'SI-7', 'SR-3'], 'NIST CSF 2.0': ['PR.PS-05'] },
    references: ['https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html'],
    options: {
      knownPublishers: {
        default: ['017000801446', '580247275435'],
        description:
          'Accounts whose layers are expected. The defaults are AWS’s own: Powertools for AWS Lambda (docs.powertools.aws.dev) and the Lambda Insights extension (CloudWatch user guide).',
      },
    },
    since: '0.1.0',
  },
  examined: (evidence) => evidence['lambda.functions'].length,
  *evaluate(evidence, context) {
    const { organizationAccountIds, unit, incident } = context;
    const own = unit.accountId ?? '';
    const expected = [...listOption(context, 'knownPublishers'), ...(incident?.trusted.accounts ?? []), own];
    for (const [index, target] of evidence['lambda.functions'].entries()) {
      for (const layer of target.layerArns) {
        const account = accountOf(layer);
        if (expected.includes(account) || organizationAccountIds?.has(account)) {
          continue;
        }
        yield {
          messageId: organizationAccountIds === null ? 'unknownOrganization' : 'foreign',
          subject: functionSubject(target),
          discriminator: layer,
          data: { name: target.name, layer, account },
          evidence: [{ key: 'lambda.functions', pointer: `/${index}/layerArns` }],
          survivesKeyRevocation: { answer: 'yes', why: 'The function keeps the layer version it uses.' },
        };
      }
    }
  },
});
