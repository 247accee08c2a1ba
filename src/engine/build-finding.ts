import type { ResultFinding } from '../model/audit-result.ts';
import type { AnyCheck, Message } from '../model/check.ts';
import type { ResourceFact } from '../model/evidence/derived.ts';
import { evidenceScopes } from '../model/evidence-catalog.ts';
import type { Sighting, Signal } from '../model/finding.ts';
import type { Observation } from '../model/observation.ts';
import type { ScopeUnit } from '../model/scope.ts';
import { type Severity, worseSeverity } from '../model/severity.ts';
import { attribute, decide } from './attribution.ts';
import type { ObservationLookup } from './evaluate-check.ts';
import { fingerprintText } from './fingerprint.ts';
import { type SignalSources, signalsOf } from './signals.ts';

const arnParts = /^arn:[^:]*:[^:]*:([^:]*):(\d{12})?:/;

function messageText(message: Message | undefined): string {
  return typeof message === 'string' ? message : (message?.text ?? '');
}

function fill(text: string, data: Sighting['data']): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(data[name] ?? whole));
}

function severityOf(check: AnyCheck, sighting: Sighting, signals: readonly Signal[]): Severity {
  const message = check.meta.messages[sighting.messageId];
  const base = typeof message === 'object' ? message.severity : check.meta.severity;
  if (typeof message === 'object' && message.raise === false) {
    return base;
  }
  const raised = signals.flatMap((signal) => check.meta.raise?.[signal.code] ?? []);
  return raised.reduce(worseSeverity, base);
}

function evidenceOf(
  sighting: Sighting,
  unit: ScopeUnit,
  lookup: ObservationLookup,
): ResultFinding['evidence'] {
  return (sighting.evidence ?? []).map(({ key, pointer }) => {
    const observation: Observation<unknown> = lookup(key);
    const scope = evidenceScopes[key];
    return {
      key,
      accountId: scope === 'organization' ? null : unit.accountId,
      region: scope === 'region' ? unit.region : null,
      pointer,
      asOf: observation.state === 'missing' ? '' : observation.asOf,
    };
  });
}

/** Turns what a check saw into a finding: text, severity, signals, attribution and decision are the engine's. */
export function buildFinding(
  check: AnyCheck,
  sighting: Sighting,
  unit: ScopeUnit,
  fact: ResourceFact | null,
  sources: SignalSources,
  lookup: ObservationLookup,
): ResultFinding {
  const uniqueId = sighting.subject.uniqueId ?? fact?.uniqueId ?? null;
  const arn = arnParts.exec(sighting.subject.arn);
  const accountId = arn?.[2] ?? unit.accountId;
  const subject = { ...sighting.subject, ...(uniqueId === null ? {} : { uniqueId }) };
  const proof = sources.lineage?.proofOf(subject, accountId, check.meta.kind === 'tampering') ?? null;
  const signals = [...signalsOf(sighting, fact, sources), ...(proof?.signals ?? [])];
  const severity = severityOf(check, sighting, signals);
  const attribution = attribute(signals, fact, sources.incident?.window ?? null, sources.baseline);
  return {
    fingerprint: fingerprintText(
      check.meta.id,
      sighting.messageId,
      sighting.subject.arn,
      sighting.discriminator ?? '',
    ),
    check: check.meta.id,
    messageId: sighting.messageId,
    kind: check.meta.kind,
    severity,
    title: check.meta.failureTitle,
    message: fill(messageText(check.meta.messages[sighting.messageId]), sighting.data),
    subject: {
      arn: sighting.subject.arn,
      ...(uniqueId === null ? {} : { uniqueId }),
      type: sighting.subject.type,
      accountId,
      region: unit.region ?? (arn?.[1] === undefined || arn[1] === '' ? null : arn[1]),
      name: sighting.subject.name,
    },
    signals: signals.map((signal) => ({ ...signal })),
    attribution,
    decision: decide(check.meta.kind, attribution, signals, severity),
    provenance: [...(proof?.provenance ?? [])],
    survivesKeyRevocation: sighting.survivesKeyRevocation ?? proof?.survivesKeyRevocation ?? null,
    evidence: evidenceOf(sighting, unit, lookup),
    planSteps: [],
    history: null,
  };
}
