// Overflow menus after the WAI-ARIA menu button pattern.

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : undefined;
  const opener = target?.closest('[data-menu] > [aria-haspopup="menu"]');
  const openOnes = document.querySelectorAll('[data-menu] > [aria-expanded="true"]');
  for (const open of openOnes) if (open !== opener) setOpen(open, false);
  if (!opener) return;
  const opening = opener.getAttribute('aria-expanded') !== 'true';
  setOpen(opener, opening);
  if (opening) items(opener)[0]?.focus();
});

document.addEventListener('keydown', (event) => {
  const menu = event.target instanceof Element && event.target.closest('[data-menu]');
  if (!menu) return;
  const opener = menu.querySelector('[aria-haspopup="menu"]');
  const choices = items(opener);
  const at = choices.indexOf(document.activeElement);
  const open = opener.getAttribute('aria-expanded') === 'true';
  const go = (index) => {
    event.preventDefault();
    setOpen(opener, true);
    choices.at(index % choices.length)?.focus();
  };
  if (event.key === 'ArrowDown') go(open ? at + 1 : 0);
  else if (event.key === 'ArrowUp') go(open ? at - 1 : -1);
  else if (open && event.key === 'Home') go(0);
  else if (open && event.key === 'End') go(-1);
  else if (open && event.key === 'Tab') setOpen(opener, false);
  else if (open && event.key === 'Escape') {
    event.preventDefault();
    setOpen(opener, false);
    opener.focus();
  }
});

function items(opener) {
  return [...document.getElementById(opener.getAttribute('aria-controls')).querySelectorAll('[role="menuitem"]')];
}

function setOpen(opener, open) {
  const list = document.getElementById(opener.getAttribute('aria-controls'));
  opener.setAttribute('aria-expanded', String(open));
  list.hidden = !open;
  list.classList.remove('menu-up', 'menu-left');
  if (!open) return;
  const within = opener.closest('[data-scroll]')?.getBoundingClientRect();
  const box = list.getBoundingClientRect();
  if (within && box.bottom > within.bottom && box.height < opener.getBoundingClientRect().top - within.top) {
    list.classList.add('menu-up');
  }
  if (within && box.right > within.right) list.classList.add('menu-left');
}
