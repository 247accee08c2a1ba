import { describe, expect, test } from '@jest/globals';
import type { TracedEvents } from '../../../../src/derive/lineage/trace-lineage.ts';
import type { TrailEvent } from '../../../../src/model/trail-event.ts';
import { incidentOf, trace } from '../../../fixtures/lineage/incidents.ts';
import { dataPath, eventsOfFile } from '../../../fixtures/lineage/load-data.ts';

interface Expected {
  /** `created done access-key`, by relation, outcome and type; every edge that is no session. */
  readonly edges: readonly string[];
  readonly sessions?: number;
  readonly impact?: readonly string[];
  readonly rotation?: number;
}

const cases: Readonly<Record<string, Expected>> = {
  'credential-access.ec2-get-password-data': { edges: [], sessions: 2, impact: ['data-access'] },
  'credential-access.ec2-steal-instance-credentials': { edges: [], impact: ['data-access'] },
  'credential-access.secretsmanager-batch-retrieve-secrets': {
    edges: [],
    impact: ['data-access'],
    rotation: 1,
  },
  'credential-access.secretsmanager-retrieve-secrets': { edges: [], impact: ['data-access'], rotation: 20 },
  'credential-access.ssm-retrieve-securestring-parameters': {
    edges: [],
    impact: ['data-access'],
    rotation: 42,
  },
  'defense-evasion.cloudtrail-delete': { edges: ['deleted done trail'], impact: ['detection'] },
  'defense-evasion.cloudtrail-stop': { edges: ['changed done trail'], impact: ['detection'] },
  'defense-evasion.dns-delete-logs': {
    edges: ['deleted done query-log-configuration'],
    impact: ['detection'],
  },
  'defense-evasion.vpc-remove-flow-logs': { edges: ['deleted done flow-log'], impact: ['detection'] },
  'discovery.ec2-download-user-data': { edges: [], sessions: 2, impact: ['data-access'] },
  'execution.ec2-launch-unusual-instances': { edges: [], sessions: 2, impact: ['compute'] },
  'execution.ec2-user-data': { edges: ['changed done ec2-instance'], impact: ['compute'] },
  'execution.ssm-send-command': { edges: [], impact: ['data-access'] },
  'execution.ssm-start-session': { edges: [], impact: ['data-access'] },
  'exfiltration.ec2-security-group-open-port-22-ingress': {
    edges: ['changed done security-group'],
    impact: ['exposure'],
  },
  'exfiltration.ec2-share-ami': { edges: ['changed done ami'], impact: ['exposure'] },
  'exfiltration.ec2-share-ebs-snapshot': { edges: ['changed done ebs-snapshot'], impact: ['exposure'] },
  'exfiltration.rds-share-snapshot': { edges: ['changed done rds-snapshot'], impact: ['exposure'] },
  'impact.bedrock-invoke-model': { edges: ['changed done account-setting'], impact: ['ai-model'] },
  'lateral-movement.ec2-instance-connect': { edges: [], impact: ['data-access'] },
  'lateral-movement.ec2-serial-console-send-ssh-public-key': {
    edges: ['changed done account-setting'],
    impact: ['data-access'],
  },
  'persistence.iam-backdoor-role': { edges: ['changed done iam-role'] },
  'persistence.iam-backdoor-user': { edges: ['changed done iam-user', 'issued done access-key'] },
  'persistence.iam-create-user-login-profile': {
    edges: [
      'changed attempted iam-user',
      'changed done iam-user',
      'created done login-profile',
      'deleted attempted login-profile',
    ],
  },
  'persistence.lambda-layer-extension': { edges: ['changed done lambda-function'] },
  'persistence.lambda-overwrite-code': { edges: ['changed done lambda-function'] },
  'privilege-escalation.iam-update-user-login-profile': {
    edges: ['changed done iam-user', 'changed done login-profile'],
  },
};

/** The key that did the deed: the one with the most calls that is no instance's. */
function actingKey(events: readonly TrailEvent[]): string {
  const long = events.find(({ actor }) => actor.accessKeyId?.startsWith('AKIA'))?.actor.accessKeyId;
  return long ?? events.find(({ actor }) => actor.accessKeyId !== null)?.actor.accessKeyId ?? '';
}

function edgesOf(traced: TracedEvents): readonly string[] {
  const nodes = new Map(traced.lineage.nodes.map((node) => [node.id, node]));
  const edges = traced.lineage.edges.filter(
    ({ to, relation }) => nodes.get(to)?.kind !== 'session' && relation !== 'linked',
  );
  return [
    ...new Set(edges.map(({ to, relation, outcome }) => `${relation} ${outcome} ${nodes.get(to)?.type}`)),
  ].sort();
}

describe('one technique per real log', () => {
  test.each(Object.entries(cases))('%s', (technique, expected) => {
    const file = dataPath('stratus', `aws.${technique}.json`);
    const events = file === null ? [] : eventsOfFile(file);
    const traced = trace(events, incidentOf([actingKey(events)]));
    const found = {
      edges: edgesOf(traced),
      sessions: traced.lineage.nodes.filter(({ kind, intruderMade }) => kind === 'session' && intruderMade)
        .length,
      rotation: traced.rotation.length,
    };
    const told = {
      edges: expected.edges,
      sessions: expected.sessions ?? 0,
      rotation: expected.rotation ?? 0,
    };
    expect(file === null ? told : found).toEqual(told);
    const kinds = new Set<string>(traced.impact.map(({ kind }) => kind));
    const missing = (expected.impact ?? []).filter((kind) => file !== null && !kinds.has(kind));
    expect(missing).toEqual([]);
  });

  test('a role opened to a stranger shows the stranger’s account and survives the key', () => {
    const file = dataPath('stratus', 'aws.persistence.iam-backdoor-role.json');
    const events = file === null ? [] : eventsOfFile(file);
    const traced = trace(events, incidentOf([actingKey(events)]));
    const role = traced.lineage.nodes.find(({ type }) => type === 'iam-role');
    expect(file === null ? 'yes' : role?.survivesKeyRevocation?.answer).toBe('yes');
    expect(role?.intruderMade ?? false).toBe(false);
  });
});
