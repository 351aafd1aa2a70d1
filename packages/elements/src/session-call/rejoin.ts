import type { Session } from '@active-session/core';

/**
 * Leaves and comes back with what is on now: nobody who was muted is heard by it. It waits for the session, not for an
 * element, so it comes about where the one that asked for it goes.
 *
 * @param onOff called where it does not come about
 */
export function rejoin(session: Session, onOff: () => void): void {
  const { call } = session.getSnapshot();
  if (call === null) {
    onOff();
    return;
  }
  const media = { microphone: call.microphone === 'on', camera: call.camera === 'on' };
  const subscription = session.subscribe((view) => {
    if (view.call !== null) return;
    subscription.unsubscribe();
    if (view.canStart && view.lastCall?.outcome === 'left') session.start(media);
    else onOff();
  });
  session.leave();
}
