interface Person {
  readonly id: string;
  readonly role: 'patient' | 'provider';
  readonly name: string;
  readonly specialty?: string;
}

const response = await fetch('/sign-in/people');
for (const person of (await response.json()) as Person[]) {
  const link = document.createElement('a');
  link.href = `/${person.role}?as=${encodeURIComponent(person.id)}`;
  const name = document.createElement('strong');
  name.textContent = person.name;
  const about = document.createElement('small');
  about.textContent = person.specialty ?? '';
  link.append(name, about);
  const item = document.createElement('li');
  item.append(link);
  document.querySelector(`#${person.role}s`)?.append(item);
}

export {};
