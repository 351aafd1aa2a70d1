/** Who this page is signed in as: the demo has it in the address, so that two tabs can be two people. */
export function signIn(): void {
  const person = new URLSearchParams(location.search).get('as') ?? '';
  document
    .querySelector('session-scope')
    ?.setAttribute('token-endpoint', `/sign-in/token?as=${encodeURIComponent(person)}`);
  void showName(person);
}

async function showName(id: string): Promise<void> {
  const response = await fetch('/sign-in/people');
  const people = (await response.json()) as { id: string; name: string }[];
  const who = document.querySelector('#who');
  const name = people.find((person) => person.id === id)?.name;
  if (name === undefined) location.replace('/');
  else if (who !== null) who.textContent = name;
}
