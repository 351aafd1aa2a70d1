import { expect, fixture, nextFrame } from '@open-wc/testing';
import { html, type TemplateResult } from 'lit';
import type { ActiveSession } from '../active-session/active-session.js';
import '../define.js';
import { registerMessages, type Messages } from '../shared/messages.js';
import { Pack } from '../shared/pack.js';
import { shipped } from '../shared/words.js';
import { fakeClient, type FakeClient } from '../test-support/fake-client.js';
import { AT, BOOKING, guest, MET, party } from '../test-support/fixtures.js';
import { settled, textOf } from '../test-support/page.js';
import { update } from '@shoelace-style/localize';
import { messagesAr } from './ar.js';
import { messagesEs } from './es.js';
import { messagesFr } from './fr.js';
import { messagesZhHans } from './zh-Hans.js';

/** What each says of a session that can be joined now. */
const OPEN: Readonly<Record<string, string>> = {
  es: messagesEs['session.open'],
  fr: messagesFr['session.open'],
  ar: messagesAr['session.open'],
  'zh-Hans': messagesZhHans['session.open'],
  en: 'You can join now.',
};

/** A pack that comes, or does not, when a test says so. */
function heldPack(name: string): { come: (words: Messages) => void; fail: () => void; asked: () => number } {
  const waiting: { resolve: (words: Messages) => void; reject: (error: Error) => void }[] = [];
  shipped.set(
    name,
    new Pack({
      load: () => new Promise((resolve, reject) => waiting.push({ resolve, reject })),
      onChange: update,
    }),
  );
  return {
    come: (words) => waiting.at(-1)?.resolve(words),
    fail: () => waiting.at(-1)?.reject(new Error('no such file')),
    asked: () => waiting.length,
  };
}

function loadedPack(name: string, messages: Messages): void {
  shipped.set(name, new Pack({ load: async () => messages, onChange: update }));
}

function page(lang: string, client: FakeClient, content?: TemplateResult): TemplateResult {
  return html`<div lang=${lang}>
    ${content ?? html`<active-session time-zone="Europe/London" .client=${client}></active-session>`}
  </div>`;
}

async function shownIn(lang: string, client = fakeClient({ now: AT.open })): Promise<ActiveSession> {
  const place = await fixture<HTMLElement>(page(lang, client));
  const element = place.querySelector('active-session');
  if (element === null) throw new Error('There is no <active-session>.');
  await settled(element);
  return element;
}

/** As long as promises take that are settled already. */
async function soon(element: ActiveSession): Promise<void> {
  await nextFrame();
  await settled(element);
}

describe('languages that are shipped', () => {
  beforeEach(() => {
    loadedPack('es-Latn', messagesEs);
    loadedPack('fr-Latn', messagesFr);
    loadedPack('ar-Arab', messagesAr);
    loadedPack('zh-Hans', messagesZhHans);
  });

  const tags: readonly (readonly [string, string])[] = [
    ['es', 'es'],
    ['es-MX', 'es'],
    ['es-419', 'es'],
    ['fr', 'fr'],
    ['fr-CA', 'fr'],
    ['ar', 'ar'],
    ['ar-EG', 'ar'],
    ['zh', 'zh-Hans'],
    ['zh-CN', 'zh-Hans'],
    ['zh-SG', 'zh-Hans'],
    ['zh-Hans-HK', 'zh-Hans'],
    ['zh_CN', 'zh-Hans'],
    ['zh-TW', 'en'],
    ['zh-Hant', 'en'],
    ['zh-HK', 'en'],
    ['de', 'en'],
    ['en-GB', 'en'],
  ];
  for (const [tag, language] of tags) {
    it(`are spoken where the page asks for ${tag}: ${language}`, async () => {
      const element = await shownIn(tag);
      expect(textOf(element)).to.contain(OPEN[language]);
    });
  }

  it('come by themselves: the real files', async () => {
    for (const [name, load] of [
      ['es', () => import('./es.js').then((found) => found.messagesEs)],
      ['ar', () => import('./ar.js').then((found) => found.messagesAr)],
    ] as const) {
      shipped.set(name === 'es' ? 'es-Latn' : 'ar-Arab', new Pack({ load, onChange: update }));
      expect(textOf(await shownIn(name))).to.contain(OPEN[name]);
    }
  });

  it('follow a change of the page, wherever it is made, and inside other shadow roots', async () => {
    const host = await fixture<HTMLElement>(html`<section lang="es"></section>`);
    const root = host.attachShadow({ mode: 'open' });
    const inner = document.createElement('active-session');
    inner.client = fakeClient({ now: AT.open });
    root.append(inner);
    await settled(inner);
    expect(textOf(inner)).to.contain(OPEN['es']);
    host.lang = 'fr';
    await soon(inner);
    expect(textOf(inner)).to.contain(OPEN['fr']);
    inner.lang = 'zh-CN';
    await soon(inner);
    expect(textOf(inner)).to.contain(OPEN['zh-Hans']);
  });
});

describe('a language that is still on its way', () => {
  it('shows nothing in English first: the first render waits', async () => {
    const pack = heldPack('fr-Latn');
    const place = await fixture<HTMLElement>(page('fr', fakeClient({ now: AT.open })));
    const element = place.querySelector('active-session');
    if (element === null) throw new Error('There is no <active-session>.');
    await nextFrame();
    expect(textOf(element)).to.equal('');
    pack.come(messagesFr);
    await settled(element);
    expect(textOf(element)).to.contain(OPEN['fr']);
    expect(pack.asked()).to.equal(1);
  });

  it('is not waited for longer than a moment; it then takes its place when it comes', async () => {
    const pack = heldPack('fr-Latn');
    const client = fakeClient({ now: AT.open });
    const element = await shownIn('fr', client);
    expect(textOf(element)).to.contain(OPEN['en']);
    expect(element.shadowRoot?.firstElementChild?.getAttribute('lang')).to.equal('en');
    pack.come(messagesFr);
    await soon(element);
    expect(textOf(element)).to.contain(OPEN['fr']);
    expect(element.shadowRoot?.firstElementChild?.hasAttribute('lang')).to.equal(false);
  });

  it('leaves what is shown until it is there', async () => {
    const element = await shownIn('en');
    const pack = heldPack('es-Latn');
    element.lang = 'es';
    await soon(element);
    expect(textOf(element)).to.contain(OPEN['en']);
    pack.come(messagesEs);
    await soon(element);
    expect(textOf(element)).to.contain(OPEN['es']);
  });

  it('announces nothing twice, and nothing in a language that it has left', async () => {
    const client = fakeClient({ now: AT.beforeOpening });
    const element = await shownIn('en', client);
    client.time = AT.open;
    client.put(BOOKING);
    client.session(BOOKING.id).set({ phase: 'open', canStart: true });
    await soon(element);
    const region = [...(element.shadowRoot?.querySelectorAll('[role=status]') ?? [])].at(-1);
    expect(region?.textContent).to.contain('is open');
    loadedPack('es-Latn', messagesEs);
    element.lang = 'es';
    await soon(element);
    expect(textOf(element)).to.contain(OPEN['es']);
    expect(region?.textContent).to.equal('');
  });

  it('falls back to English where it can’t be had, marked as English, and asks again when the network is back', async () => {
    const pack = heldPack('ar-Arab');
    const place = await fixture<HTMLElement>(html`<div dir="rtl">${page('ar', fakeClient({ now: AT.open }))}</div>`);
    const element = place.querySelector('active-session');
    if (element === null) throw new Error('There is no <active-session>.');
    await nextFrame();
    pack.fail();
    await settled(element);
    const part = element.shadowRoot?.firstElementChild;
    expect(textOf(element)).to.contain(OPEN['en']);
    expect([part?.getAttribute('lang'), part?.getAttribute('dir')]).to.deep.equal(['en', 'ltr']);
    expect(pack.asked()).to.equal(1);
    window.dispatchEvent(new Event('online'));
    await soon(element);
    expect(pack.asked()).to.equal(2);
    expect(textOf(element)).to.contain(OPEN['en']);
    pack.come(messagesAr);
    await soon(element);
    expect(textOf(element)).to.contain(OPEN['ar']);
    expect([part?.getAttribute('lang'), part?.getAttribute('dir')]).to.deep.equal([null, null]);
  });
});

describe('own words', () => {
  const mine = 'Come in.';

  it('go before those of the language, registered before they came or after', async () => {
    registerMessages('es', { 'session.open': mine });
    const pack = heldPack('es-Latn');
    const place = await fixture<HTMLElement>(page('es-MX', fakeClient({ now: AT.open })));
    const element = place.querySelector('active-session');
    if (element === null) throw new Error('There is no <active-session>.');
    await nextFrame();
    pack.come(messagesEs);
    await settled(element);
    expect(textOf(element)).to.contain(mine).and.to.contain(messagesEs['call.start']);
    registerMessages('es', { 'session.open': 'Pase.' });
    await soon(element);
    expect(textOf(element)).to.contain('Pase.').and.to.not.contain(mine);
    registerMessages('es', { 'session.open': messagesEs['session.open'] });
  });

  it('of one element go before all', async () => {
    loadedPack('fr-Latn', messagesFr);
    const element = await shownIn('fr');
    element.messages = { 'session.open': mine };
    await settled(element);
    expect(textOf(element)).to.contain(mine).and.to.contain(messagesFr['call.start']);
  });

  it('of the nearest region go first, and English fills what is missing', async () => {
    registerMessages('pt', { 'session.open': 'Pode entrar agora.', 'call.start': 'Iniciar a chamada' });
    registerMessages('pt-BR', { 'session.open': 'Você já pode entrar.' });
    const brazil = textOf(await shownIn('pt-BR'));
    expect(brazil).to.contain('Você já pode entrar.').and.to.contain('Iniciar a chamada').and.to.contain('When');
    expect(textOf(await shownIn('pt-PT'))).to.contain('Pode entrar agora.');
  });

  it('take the place of English too, wherever English is spoken', async () => {
    registerMessages('en', { 'session.open': 'The door is open.' });
    expect(textOf(await shownIn('en-GB'))).to.contain('The door is open.');
    expect(textOf(await shownIn('de'))).to.contain('The door is open.');
    registerMessages('en', { 'session.open': OPEN['en'] ?? '' });
  });

  it('that are a whole language are enough: nothing is fetched', async () => {
    const pack = heldPack('zh-Hans');
    registerMessages('zh-Hans', messagesZhHans);
    expect(textOf(await shownIn('zh-CN'))).to.contain(OPEN['zh-Hans']);
    expect(pack.asked()).to.equal(0);
  });
});

describe('from right to left', () => {
  beforeEach(() => loadedPack('ar-Arab', messagesAr));

  it('goes by the page where the page says a direction', async () => {
    const element = await shownIn('ar');
    element.dir = 'rtl';
    await soon(element);
    expect(element.shadowRoot?.firstElementChild?.hasAttribute('dir')).to.equal(false);
    const other = await shownIn('ar');
    other.dir = 'ltr';
    await soon(other);
    expect(other.shadowRoot?.firstElementChild?.hasAttribute('dir')).to.equal(false);
  });

  it('goes by the words where the page says none', async () => {
    const element = await shownIn('ar');
    const heading = element.shadowRoot?.querySelector('h2');
    expect(heading === null || heading === undefined ? '' : getComputedStyle(heading).direction).to.equal('rtl');
    element.lang = 'en';
    await soon(element);
    const same = element.shadowRoot?.querySelector('h2');
    expect(same === null || same === undefined ? '' : getComputedStyle(same).direction).to.equal('ltr');
  });

  it('keeps a name in another script apart from the words beside it', async () => {
    const element = await shownIn('ar', fakeClient({ now: AT.ended, bookings: [{ ...BOOKING, status: 'completed' }] }));
    element.bookingId = BOOKING.id;
    await soon(element);
    expect(textOf(element)).to.contain('\u2066Dr. Smith\u2069');
    const tomorrow = await shownIn('ar', fakeClient({ now: AT.dayBefore }));
    // A day and a time are one word, from right to left, with each of them apart inside of it.
    expect(textOf(tomorrow)).to.match(/\u2067\u2067غدًا\u2069، \u2067[^\u2069]*\u2069\u2069/);
    const hebrew = { ...BOOKING, providerName: 'ד״ר כהן' };
    const english = await shownIn('en', fakeClient({ now: AT.dayBefore, bookings: [hebrew] }));
    expect(textOf(english)).to.contain('Your session with \u2067ד״ר כהן\u2069 is');
    expect(textOf(await shownIn('en', fakeClient({ now: AT.dayBefore })))).to.contain('Your session with Dr. Smith is');
  });

  it('begins a sentence where its words begin, also where the first one is a name in another script', async () => {
    const guestOf = async (lang: string, name: string): Promise<DOMRect[]> => {
      const parties = [party('patient', 'away'), party('provider'), guest({ name })];
      const client = fakeClient({
        now: AT.talking,
        bookings: [MET],
        session: () => ({ callStartedAt: null, parties }),
      });
      const element = await shownIn(lang, client);
      const words = [...(element.shadowRoot?.querySelectorAll('dd bdi') ?? [])].find((one) =>
        textOf(one).includes(name),
      );
      const text = [...(words?.childNodes ?? [])].find((node) => node.textContent?.includes(name));
      if (!(text instanceof Text)) throw new Error('Nobody says who takes part.');
      const at = text.data.indexOf(name);
      return [
        [at, at + name.length] as const,
        [text.data.indexOf('('), text.data.indexOf('(') + 1] as const,
        [text.data.indexOf(')'), text.data.indexOf(')') + 1] as const,
      ].map(([from, to]) => {
        const range = document.createRange();
        range.setStart(text, from);
        range.setEnd(text, to);
        return range.getBoundingClientRect();
      });
    };
    for (const name of ['Maria Lopez', 'ליאה כהן', 'ليلى حداد']) {
      const [own, opening, closing] = await guestOf('ar', name);
      expect([name, closing!.right <= opening!.left, opening!.right <= own!.left]).to.deep.equal([name, true, true]);
      const [first, open, close] = await guestOf('en', name);
      expect([name, first!.right <= open!.left, open!.right <= close!.left]).to.deep.equal([name, true, true]);
    }
  });
});
