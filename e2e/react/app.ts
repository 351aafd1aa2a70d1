import { createElement, StrictMode, useEffect, useRef, useState, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';

/** How often React has mounted the session: twice for each time, in its StrictMode. */
const mounts = { count: 0 };
Object.assign(window, { mounts });

/** The session as a component has it: a ref, a property, an attribute. */
function Session(): ReactElement {
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    mounts.count += 1;
    element.current?.setAttribute('data-mounted', '');
    return () => element.current?.removeAttribute('data-mounted');
  }, []);
  const messages = { 'call.end': 'End Call' };
  return createElement('active-session', { ref: element, messages, 'time-zone': 'UTC' });
}

function App(): ReactElement {
  const [route, setRoute] = useState('session');
  const [visit, setVisit] = useState(0);
  const show = (next: string) => () => {
    setRoute(next);
    setVisit(visit + 1);
  };
  return createElement(
    'session-scope',
    { endpoint: '/api/session/v1', 'token-endpoint': '/sign-in/token?as=sam' },
    createElement('button', { onClick: show('session') }, 'To the session'),
    createElement('button', { onClick: show('letters') }, 'To the letters'),
    createElement('session-return-banner'),
    createElement('div', { id: 'one' }, route === 'session' ? createElement(Session, { key: visit }) : 'No letters.'),
    createElement('div', { id: 'two' }),
  );
}

const place = document.querySelector('#root');
if (place !== null) createRoot(place).render(createElement(StrictMode, null, createElement(App)));
