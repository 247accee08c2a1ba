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
    ].filter(([, value]) => Boolean(value));
  };

  return (findings, row) => {
    const list = make('dl', { className: 'facts facts-wide' });
    const add = (term, fact) => {
      const group = make('div');
      group.append(make('dt', { text: term }), fact);
      list.append(group);
    };
    for (const [term, value, isCode] of termsOf(findings, row)) {
      add(term, make('dd', { text: value, className: isCode ? 'code' : '' }));
    }
    const fingerprint = findings.text('fingerprint', row);
    const fact = make('dd', { className: 'code' });
    fact.append(
      /^[0-9a-f]{16}$/.test(fingerprint)
        ? make('a', { href: `#finding-${fingerprint}`, text: fingerprint })
        : fingerprint,
    );
    add('Fingerprint', fact);
    return list;
  };
})();
