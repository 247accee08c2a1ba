/** What a finding's line has no room for. Texts are set with textContent alone. */
findingsTable.details = (() => {
  const termsOf = (findings, row) => {
    const { text, number, data } = findings;
    const check = data.checks.find(({ id }) => id === text('check', row));
    const event = text('eventName', row);
    const evidence = text('evidenceKey', row);
    const accepted = text('acceptedUntil', row);
    const more = (name, written) =>
      number(name, row) > written ? ` and ${number(name, row) - written} more` : '';
    return [
      ['Subject', text('arn', row), true],
      ['Unique id', text('uniqueId', row), true],
      ['Place', [text('account', row), text('region', row)].filter(Boolean).join('/'), true],
      ['History', text('history', row), false],
      [
        'After revoking the key',
        [text('survival', row), text('survivalWhy', row)].filter(Boolean).join('. '),
        false,
      ],
      ['Signals', text('signals', row), true],
      [
        'First event',
        event === null
          ? null
          : [
              text('eventTime', row),
              event,
              `by ${text('actor', row)}`,
              text('accessKey', row) && `with ${text('accessKey', row)}`,
              text('sourceIp', row) && `from ${text('sourceIp', row)}`,
              `event ${text('eventId', row)}`,
            ]
              .filter(Boolean)
              .join(' ') + more('events', 1),
        true,
      ],
      [
        'Evidence',
        evidence === null
          ? null
          : `${evidence} ${text('evidencePointer', row)}, true at ${text('evidenceAsOf', row)}${more('evidence', 1)}`,
        true,
      ],
      ['Actions for such findings', check?.actions.join('; '), false],
      ['Why', check?.why, false],
      ['Steps of the plan', text('planSteps', row), true],
      [
        'Accepted',
        accepted === null
          ? null
          : `until ${accepted} by ${text('acceptedBy', row)}: ${text('acceptedWhy', row)}`,
        false,
      ],
      ['ATT&CK', check?.techniques.join(', '), true],
      ['Fingerprint', text('fingerprint', row), true],
    ].filter(([, value]) => Boolean(value));
  };

  return (findings, row) => {
    const list = document.createElement('dl');
    list.className = 'facts facts-wide';
    for (const [term, value, isCode] of termsOf(findings, row)) {
      const group = document.createElement('div');
      const name = document.createElement('dt');
      const fact = document.createElement('dd');
      name.textContent = term;
      fact.textContent = value;
      if (isCode) {
        fact.className = 'code';
      }
      group.append(name, fact);
      list.append(group);
    }
    return list;
  };
})();
