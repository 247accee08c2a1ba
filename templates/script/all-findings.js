/** The table of all findings, page by page. Starts once the page itself stands. */
(() => {
  const source = document.getElementById('findings-data');
  const section = document.querySelector('[data-all-findings]');
  if (source === null || section === null) {
    return;
  }
  const rowsPerPage = 100;
  const part = (name) => section.querySelector(`[data-all-findings-${name}]`);
  const body = part('rows');
  const status = part('status');
  const pageNumber = section.querySelector('[data-page-number]');
  const pageCount = section.querySelector('[data-page-count]');
  const headings = [...section.querySelectorAll('[data-order]')];
  const formatter = new Intl.NumberFormat('en-US');

  let findings = null;
  let filtering = null;
  let accountNames = new Map();
  let order = { name: null, descending: false };
  let all = new Uint32Array();
  let shown = all;
  let page = 0;
  let filter = {};
  const element = (name, className = '', text = '') => make(name, { className, text });

  const timeOf = (time) => time?.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*Z$/, '$1 $2') ?? '–';

  const cell = (...children) => {
    const made = element('td');
    made.append(...children);
    return made;
  };

  const toggle = (button, details, row, open) => {
    button.setAttribute('aria-expanded', String(open));
    details.hidden = !open;
    if (open && details.firstChild.firstChild === null) {
      details.firstChild.append(findingsTable.details(findings, row));
    }
  };

  const lineOf = (row) => {
    const { text, data } = findings;
    const line = element('tr');
    const id = `finding-${text('fingerprint', row)}`;
    // A card that is written out may carry the same id, and then it is the better place.
    if (document.getElementById(id) === null) {
      line.id = id;
    }
    line.dataset.row = row;
    line.tabIndex = -1;
    const severity = text('severity', row);
    const subject = element('th');
    subject.scope = 'row';
    subject.append(
      element('span', '', text('name', row) || text('arn', row)),
      element(
        'span',
        'detail',
        `${text('type', row)}${text('region', row) ? ` · ${text('region', row)}` : ''}`,
      ),
    );
    const account = text('account', row);
    const place = cell(element('span', 'code', account));
    place.append(element('span', 'detail', accountNames.get(account)));
    const finding = cell(element('span', '', text('title', row)));
    finding.append(element('span', 'detail', findings.message(row)));
    const details = element('tr', 'all-findings-details');
    const room = element('td');
    room.colSpan = 8;
    details.append(room);
    details.id = `finding-details-${row}`;
    details.hidden = true;
    const button = element('button', '', 'Details');
    button.type = 'button';
    button.setAttribute('aria-expanded', 'false');
    button.setAttribute('aria-controls', details.id);
    button.setAttribute(
      'aria-label',
      `Details of ${text('name', row) || text('arn', row)}: ${text('title', row)}`,
    );
    button.addEventListener('click', () => toggle(button, details, row, details.hidden));
    line.append(
      cell(element('span', `severity severity-${severity}`, data.labels.severity[severity])),
      cell(data.labels.decision[text('decision', row)]),
      cell(data.labels.attribution[text('attribution', row)]),
      subject,
      place,
      finding,
      cell(timeOf(text('eventTime', row))),
      cell(button),
    );
    if (text('acceptedUntil', row) !== null) {
      finding.append(element('span', 'tag', `Accepted until ${text('acceptedUntil', row)}`));
    }
    return [line, details];
  };

  const pages = () => Math.max(1, Math.ceil(shown.length / rowsPerPage));

  const draw = () => {
    const start = page * rowsPerPage;
    const rows = [...shown.subarray(start, start + rowsPerPage)];
    body.replaceChildren();
    body.append(...rows.flatMap(lineOf));
    part('caption').textContent =
      rows.length === 0
        ? 'No finding matches'
        : `Findings ${formatter.format(start + 1)} to ${formatter.format(start + rows.length)} of ${formatter.format(shown.length)}`;
    pageNumber.value = String(page + 1);
    pageNumber.max = String(pages());
    pageCount.textContent = `of ${formatter.format(pages())}`;
    for (const button of section.querySelectorAll('[data-page]')) {
      const back = button.dataset.page === 'first' || button.dataset.page === 'previous';
      button.setAttribute('aria-disabled', String(back ? page === 0 : page >= pages() - 1));
    }
  };

  const turnTo = (wanted) => {
    page = Math.min(pages() - 1, Math.max(0, Number.isFinite(wanted) ? Math.floor(wanted) : 0));
    draw();
    section.querySelector('.scroll').scrollTop = 0;
  };

  const counts = () => {
    const groups = [
      ['By decision', filtering.countsOf('decision', shown)],
      ['By severity', filtering.countsOf('severity', shown)],
    ];
    part('counts').replaceChildren(
      ...groups.map(([name, tallies]) => {
        const group = element('div');
        group.append(
          element('dt', '', name),
          ...tallies.map(({ label, count }) => {
            const tally = element('dd', '', `${label} `);
            tally.append(element('strong', '', formatter.format(count)));
            return tally;
          }),
        );
        return group;
      }),
    );
  };

  const apply = () => {
    if (findings === null) {
      return;
    }
    shown = filtering.select(filter, all);
    status.textContent =
      shown.length === findings.count
        ? `All ${formatter.format(findings.count)} findings`
        : `${formatter.format(shown.length)} of ${formatter.format(findings.count)} findings match`;
    counts();
    turnTo(0);
    document.dispatchEvent(
      new CustomEvent('afterleak:counted', { detail: { shown: shown.length, total: findings.count } }),
    );
  };

  const readToolbar = () => {
    const value = (name) => toolbar?.elements[name]?.value ?? '';
    return {
      words: value('text').toLowerCase().split(/\s+/).filter(Boolean),
      ...Object.fromEntries(
        ['severity', 'decision', 'account', 'service', 'technique', 'attribution'].map((name) => [
          name,
          value(name),
        ]),
      ),
    };
  };

  const sortBy = (heading) => {
    const name = heading.dataset.order;
    const state = heading.parentElement.getAttribute('aria-sort');
    for (const { parentElement } of headings) {
      parentElement.setAttribute('aria-sort', 'none');
    }
    // A third press gives the result's own order back.
    order =
      state === 'descending'
        ? { name: null, descending: false }
        : { name, descending: state === 'ascending' };
    if (order.name !== null) {
      heading.parentElement.setAttribute('aria-sort', order.descending ? 'descending' : 'ascending');
    }
    all = filtering.ordered(order.name, order.descending);
    apply();
  };

  const open = () => {
    if (findings !== null) {
      return;
    }
    findings = findingsTable.columns(JSON.parse(source.textContent));
    filtering = findingsTable.filter(findings);
    accountNames = new Map(findings.data.accounts);
    all = filtering.ordered(null, false);
    filter = readToolbar();
    section.hidden = false;
    document.querySelector('[data-all-findings-elsewhere]').classList.add('all-findings-on-paper');
    apply();
    performance.mark('afterleak:all-findings');
  };

  /** The finding of a link like `#finding-0123456789abcdef`; null when it has a place in a card. */
  const linked = () => {
    const [, fingerprint] = /^#finding-([0-9a-f]{16})$/.exec(location.hash) ?? [];
    const place = fingerprint === undefined ? null : document.getElementById(`finding-${fingerprint}`);
    return fingerprint === undefined || (place !== null && !body.contains(place)) ? null : fingerprint;
  };

  const show = (row) => {
    turnTo(shown.indexOf(row) / rowsPerPage);
    const line = body.querySelector(`[data-row="${row}"]`);
    toggle(line.querySelector('button'), line.nextElementSibling, row, true);
    line.scrollIntoView({ block: 'center' });
    line.focus({ preventScroll: true });
  };

  const follow = () => {
    const fingerprint = linked();
    if (fingerprint === null) {
      return;
    }
    open();
    const { texts, rows } = findings.column('fingerprint');
    const wanted = rows.indexOf(texts.indexOf(fingerprint));
    if (wanted < 0) {
      return;
    }
    if (shown.includes(wanted)) {
      show(wanted);
      return;
    }
    toolbar?.reset();
    // The form tells what it filters a moment later.
    setTimeout(() => show(wanted));
  };

  /** Whoever types before this is done waits for the rest of it once. */
  const prepareInPauses = () => {
    const more = (deadline) => {
      let left = true;
      do {
        left = filtering.prepare(500);
      } while (left && deadline.timeRemaining() > 4);
      if (left) {
        requestIdleCallback(more);
      }
    };
    requestIdleCallback(more);
  };

  for (const heading of headings) {
    heading.addEventListener('click', () => sortBy(heading));
  }
  section.querySelector('.pager').addEventListener('click', ({ target }) => {
    const button = target.closest('[data-page]');
    if (button !== null && button.getAttribute('aria-disabled') !== 'true') {
      const places = { first: 0, previous: page - 1, next: page + 1, last: pages() - 1 };
      turnTo(places[button.dataset.page]);
    }
  });
  pageNumber.addEventListener('change', () => turnTo(Number(pageNumber.value) - 1));
  part('download').addEventListener('click', () => {
    const link = element('a');
    link.href = URL.createObjectURL(findingsTable.csv(findings, shown));
    link.download = 'findings.csv';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  });
  document.addEventListener('afterleak:filter', ({ detail }) => {
    filter = detail;
    apply();
  });
  addEventListener('hashchange', follow);

  // The page is painted first.
  requestAnimationFrame(() =>
    setTimeout(() => {
      open();
      follow();
      prepareInPauses();
    }),
  );
})();
