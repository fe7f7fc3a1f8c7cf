
'use strict';
(() => {
  const form = document.querySelector('.filter');
  const search = form.querySelector('input');
  const filters = ['verdict', 'basis'].map((name) => ({
    name,
    value: '',
    buttons: [...form.querySelectorAll('button[data-' + name + ']')],
  }));
  const shown = form.querySelector('.shown');
  const none = document.querySelector('.none');
  const rows = [...document.querySelectorAll('tr.clause')].map((row) => {
    const next = row.nextElementSibling;
    const findings = next && next.classList.contains('findings') ? next : null;
    const text = (row.textContent + ' ' + (findings ? findings.textContent : '')).toLowerCase();
    return { row, findings, text };
  });

  const apply = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const each of rows) {
      const fits = filters.every(({ name, value }) => !value || each.row.dataset[name] === value)
        && words.every((word) => each.text.includes(word));
      each.row.hidden = !fits;
      if (each.findings) {
        each.findings.hidden = !fits;
      }
      count += fits ? 1 : 0;
    }
    for (const body of document.querySelectorAll('.clauses tbody')) {
      body.hidden = !body.querySelector('tr.clause:not([hidden])');
    }
    none.hidden = count > 0;
    shown.textContent = count + ' of ' + rows.length + ' clauses shown';
  };

  const choose = (filter, value) => {
    filter.value = value;
    for (const each of filter.buttons) {
      each.setAttribute('aria-pressed', String(each.dataset[filter.name] === value));
    }
    apply();
  };

  // A link to a clause shows it, whatever the filter hides, and opens what is known of it.
  const follow = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const found = rows.find((each) => each.row.id === id);
    if (!found) {
      return;
    }
    if (found.row.hidden) {
      search.value = '';
      filters.forEach((filter) => choose(filter, ''));
    }
    if (found.findings) {
      found.findings.querySelector('details').open = true;
    }
    found.row.scrollIntoView();
    found.row.focus({ preventScroll: true });
  };

  const copy = async (button) => {
    const text = button.dataset.copy ?? button.previousElementSibling.textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const range = document.createRange();
      range.selectNodeContents(button.previousElementSibling);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      document.execCommand('copy');
    }
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  };

  for (const filter of filters) {
    for (const each of filter.buttons) {
      each.addEventListener('click', () => choose(filter, each.dataset[filter.name]));
    }
  }
  search.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  for (const button of document.querySelectorAll('.copy')) {
    button.hidden = false;
    button.addEventListener('click', () => copy(button));
  }
  addEventListener('hashchange', follow);
  // On paper nothing opens by a click.
  addEventListener('beforeprint', () => {
    for (const each of document.querySelectorAll('details')) {
      each.dataset.was = String(each.open);
      each.open = true;
    }
  });
  addEventListener('afterprint', () => {
    for (const each of document.querySelectorAll('details')) {
      each.open = each.dataset.was === 'true';
    }
  });
  form.hidden = false;
  apply();
  follow();
})();
