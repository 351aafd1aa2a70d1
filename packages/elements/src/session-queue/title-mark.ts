/** How many wait, in the title of the page: a number and never a name, because a title is seen by others and kept. */
const counts = new Map<object, number>();
let mark = '';

/** What one owner adds to the mark. With nobody left to mark it, the title is the portal's own again, as it is by then. */
export function markTitle(owner: object, count: number): void {
  if (count === 0) counts.delete(owner);
  else counts.set(owner, count);
  const total = [...counts.values()].reduce((sum, one) => sum + one, 0);
  const wanted = total === 0 ? '' : `(${String(total)}) `;
  const title = `${wanted}${ownTitle()}`;
  mark = wanted;
  if (document.title !== title.trim()) document.title = title;
}

/** Without our mark; a title that the portal has set meanwhile has none. */
function ownTitle(): string {
  const { title } = document;
  if (mark === '' || title === mark.trim()) return mark === '' ? title : '';
  return title.startsWith(mark) ? title.slice(mark.length) : title;
}
