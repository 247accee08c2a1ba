// Everything in this folder only adds to a page that is complete without it. Text is set with textContent alone.

/** What is kept by this browser for these pages alone; where it keeps nothing, as long as the page is open. */
const keeper = (() => {
  const memory = new Map();
  const name = (key) => `afterleak:${key}`;
  let lasting = true;
  try {
    localStorage.setItem(name('probe'), '1');
    localStorage.removeItem(name('probe'));
  } catch {
    lasting = false;
  }
  return {
    lasting,
    read: (key) => (lasting ? localStorage.getItem(name(key)) : (memory.get(key) ?? null)),
    write: (key, value) => {
      try {
        if (lasting) {
          localStorage.setItem(name(key), value);
          return;
        }
      } catch {
        // A full store: what is written now lasts as long as the page.
      }
      memory.set(key, value);
    },
    onChange: (key, changed) => {
      addEventListener('storage', (event) => {
        if (event.key === name(key)) {
          changed();
        }
      });
    },
  };
})();

const make = (tag, { text = '', ...properties } = {}) => {
  const element = document.createElement(tag);
  Object.assign(element, properties);
  element.textContent = text;
  return element;
};

/** Said by screen readers, seen by nobody. */
const announce = (() => {
  const region = make('p', { className: 'unseen', role: 'status' });
  document.body.append(region);
  return (text) => {
    region.textContent = text;
  };
})();

const toolbar = document.querySelector('[data-toolbar]');
const cards = [...document.querySelectorAll('[data-card]')];
const tools = document.querySelector('[data-tools]');
if (tools !== null) {
  tools.hidden = false;
}
