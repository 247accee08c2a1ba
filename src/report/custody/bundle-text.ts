import type { BundleReport } from '../../model/bundle-report.ts';
import { countOf, formatNumber } from '../text/phrases.ts';
import { visible } from '../text/visible.ts';

/** 0 intact · 1 broken · 2 cannot be told. */
export function bundleExitCode({ problems, uncovered, kind }: BundleReport): 0 | 1 | 2 {
  if (problems.length > 0) {
    return 1;
  }
  return kind === 'unsealed-run' || uncovered.some(({ expected }) => !expected) ? 2 : 0;
}

function verdictOf(findings: BundleReport): string {
  const { problems, signature, kind } = findings;
  if (problems.length > 0) {
    return `BROKEN: ${countOf(problems.length, 'problem', 'problems')}`;
  }
  if (kind === 'unsealed-run') {
    return 'the run did not end: there is no SHA256SUMS, only the evidence was checked';
  }
  if (signature === null) {
    return 'intact, not signed';
  }
  return signature.trusted
    ? `intact, signed by the given key ${signature.fingerprint}`
    : `intact; the signature holds under the key that came with it, ${signature.fingerprint}, which does not prove who signed: give the signer's key with --key`;
}

function chainLines({ chain, kind }: BundleReport): readonly string[] {
  const { evidence, judged, calls } = chain;
  const lines: string[] = [];
  if (evidence !== null) {
    const { digest, shards, observations } = evidence;
    lines.push(
      `evidence     ${countOf(shards, 'file', 'files')}, ${countOf(observations, 'observation', 'observations')} match the manifest; manifest sha256 ${digest}`,
    );
    if (judged !== null) {
      lines.push('result       result.json judges this evidence');
    }
    if (calls !== null) {
      lines.push(`calls        ${formatNumber(calls)} in coverage.ndjson, as the manifest counts`);
    }
  } else if (judged !== null && kind === 'run') {
    lines.push(`evidence     not in this folder; result.json judges the one with manifest sha256 ${judged}`);
  }
  return lines;
}

/** For the terminal: the verdict, what was checked, then everything that is wrong or not covered, by name. */
export function bundleText(directory: string, findings: BundleReport): string {
  const { problems, uncovered, covered } = findings;
  const unvouched = uncovered.filter(({ expected }) => !expected).length;
  const more =
    unvouched === 0 || problems.length > 0
      ? ''
      : `; ${countOf(unvouched, 'file is', 'files are')} not covered`;
  return [
    `${directory}: ${verdictOf(findings)}${more}`,
    ...(covered === null
      ? []
      : [
          `covered      ${countOf(covered.files, 'file', 'files')}, ${countOf(covered.bytes, 'byte', 'bytes')} match SHA256SUMS`,
        ]),
    ...chainLines(findings),
    ...problems.map((problem) => `broken       ${problem}`),
    ...uncovered.map(({ path, why }) => `not covered  ${path}: ${why}`),
  ]
    .map(visible)
    .join('\n');
}
