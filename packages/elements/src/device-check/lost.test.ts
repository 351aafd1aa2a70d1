import { SessionError } from '@active-session/core';
import { expect } from '@open-wc/testing';
import { checkView } from '../test-support/checks.js';
import { LostDevices } from './lost.js';

const LOST = new SessionError('devices-lost', 'unplugged');
const BUSY = new SessionError('devices-busy', 'in use');

describe('a device that is unplugged', () => {
  it('is not spoken of before another one had time to take its place', () => {
    const devices = new LostDevices();
    const view = checkView({ refused: { camera: LOST } });
    expect(devices.settle(view, 10_000).refused).to.deep.equal({});
    expect(devices.left).to.equal(1_000);
    expect(devices.settle(view, 10_999).refused).to.deep.equal({});
    expect(devices.left).to.equal(1);
    expect(devices.settle(view, 11_000).refused).to.deep.equal({ camera: LOST });
    expect(devices.left).to.equal(Infinity);
  });

  it('is forgotten when another one took its place', () => {
    const devices = new LostDevices();
    devices.settle(checkView({ refused: { camera: LOST } }), 0);
    expect(devices.settle(checkView(), 300)).to.deep.equal(checkView());
    expect(devices.settle(checkView({ refused: { camera: LOST } }), 5_000).refused).to.deep.equal({});
  });

  it('hides nothing else', () => {
    const devices = new LostDevices();
    const view = checkView({ refused: { camera: BUSY, microphone: LOST } });
    expect(devices.settle(view, 0).refused).to.deep.equal({ camera: BUSY });
    expect(devices.settle(view, 1_000).refused).to.deep.equal({ camera: BUSY, microphone: LOST });
  });
});
