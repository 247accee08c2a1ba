// Everything here only adds to a page that is complete without it. Text is set with textContent alone.
(() => {
  const toolbar = document.querySelector('[data-toolbar]');
  const status = document.querySelector('[data-status]');
  const cards = [...document.querySelectorAll('[data-card]')].map((element) => ({
    element,
    text: element.textContent.toLowerCase(),
  }));
  const chapters = [...document.querySelectorAll('[data-chapter]')];
  const controls = toolbar?.elements;

  const matches = ({ element, text }, wanted) =>
    wanted.words.every((word) => text.includes(word)) &&
    (wanted.severity === '' || element.dataset.severities.includes(`|${wanted.severity}|`)) &&
    (wanted.decision === '' || element.dataset.decision === wanted.decision) &&
    (wanted.account === '' || element.dataset.accounts.includes(`|${wanted.account}|`));

  const filter = () => {
    const wanted = {
      words: controls.text.value.toLowerCase().split(/\s+/).filter(Boolean),
      severity: controls.severity.value,
      decision: controls.decision.value,
      account: controls.account.value,
    };
    const filtering = wanted.words.length > 0 || wanted.severity + wanted.decision + wanted.account !== '';
    let shown = 0;
    for (const card of cards) {
      const kept = matches(card, wanted);
      card.element.hidden = !kept;
      shown += kept ? 1 : 0;
    }
    for (const chapter of chapters) {
      chapter.hidden = filtering && chapter.querySelector('[data-card]:not([hidden])') === null;
    }
    status.textContent = filtering
      ? `${shown} of ${cards.length} groups written out here match. Groups that are only counted are not searched.`
      : '';
  };

  // A trace has no findings to filter.
  if (toolbar !== null) {
    toolbar.hidden = false;
    toolbar.addEventListener('input', filter);
    toolbar.addEventListener('submit', (event) => event.preventDefault());
    toolbar.addEventListener('reset', () => setTimeout(filter));

    const unfold = document.querySelector('[data-unfold]');
    unfold.addEventListener('click', () => {
      const open = unfold.getAttribute('aria-pressed') !== 'true';
      unfold.setAttribute('aria-pressed', String(open));
      unfold.textContent = open ? 'Close all' : 'Open all';
      for (const details of document.querySelectorAll('[data-card] details')) {
        details.open = open;
      }
    });

    document.addEventListener('keydown', (event) => {
      const typing = event.target instanceof Element && event.target.matches('input, select, textarea');
      if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        controls.text.focus();
      }
    });
  }

  for (const source of document.querySelectorAll('[data-copy]')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    button.setAttribute('aria-label', source.dataset.copy || `Copy ${source.textContent}`);
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(source.textContent);
        button.textContent = 'Copied';
      } catch {
        getSelection().selectAllChildren(source);
        button.textContent = 'Selected';
      }
      setTimeout(() => {
        button.textContent = 'Copy';
      }, 1500);
    });
    source.after(button);
  }

  // A link into a card that a filter hides must not lead nowhere.
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (toolbar !== null && target?.closest('[hidden]')) {
      toolbar.reset();
      filter();
      target.scrollIntoView();
    }
  };
  addEventListener('hashchange', reveal);

  const openedForPrint = [];
  addEventListener('beforeprint', () => {
    for (const details of document.querySelectorAll('details:not([open])')) {
      details.open = true;
      openedForPrint.push(details);
    }
  });
  addEventListener('afterprint', () => {
    for (const details of openedForPrint.splice(0)) {
      details.open = false;
    }
  });
})();
