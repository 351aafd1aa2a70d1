export interface ConnectionRecord {
  readonly all: readonly RTCPeerConnection[];
  open(): RTCPeerConnection[];
  /** Lets go of all so far, so that they can be freed. */
  forget(): void;
  /** Gives the page its own class back. */
  stop(): void;
}

/** Every `RTCPeerConnection` that this page makes from now on. */
export function recordConnections(): ConnectionRecord {
  const Real = window.RTCPeerConnection;
  const all: RTCPeerConnection[] = [];
  window.RTCPeerConnection = class extends Real {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      all.push(this);
    }
  };
  return {
    all,
    open: () => all.filter((pc) => pc.signalingState !== 'closed'),
    forget: () => void all.splice(0),
    stop() {
      window.RTCPeerConnection = Real;
    },
  };
}
