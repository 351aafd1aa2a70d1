/** What arrived on the far side since the beginning. */
export interface Arrived {
  /** ms of the statistics' own clock. */
  readonly at: number;
  readonly frames: number;
  /** Packets. */
  readonly sound: number;
  readonly picture: number;
  /** px; the height of the last picture, its shorter side. */
  readonly lines: number;
}

/** Two connections of one page, the near one sending a moving picture of 640 × 360 and a tone to the far one. */
export interface TestPair {
  readonly near: RTCPeerConnection;
  sender(kind: 'audio' | 'video'): RTCRtpSender;
  arrived(): Promise<Arrived>;
  /** The far side seems to report this of all that it gets; null: what it really does. */
  report(change: Readonly<Record<string, unknown>> | null): void;
  /** How often the near side was asked for its statistics. */
  reads(): number;
  /** Another picture in place of the first one. */
  replacePicture(): Promise<void>;
  close(): void;
}

type Stat = Readonly<Record<string, unknown>>;

export async function createTestPair(): Promise<TestPair> {
  const near = new RTCPeerConnection();
  const far = new RTCPeerConnection();
  const sources = [createPicture(), await openTone()];
  for (const { stream } of sources) for (const track of stream.getTracks()) near.addTrack(track, stream);
  near.onicecandidate = ({ candidate }) => void far.addIceCandidate(candidate ?? undefined);
  far.onicecandidate = ({ candidate }) => void near.addIceCandidate(candidate ?? undefined);
  await near.setLocalDescription();
  await far.setRemoteDescription(near.localDescription ?? { type: 'offer' });
  await far.setLocalDescription();
  await near.setRemoteDescription(far.localDescription ?? { type: 'answer' });

  let change: Stat | null = null;
  let reads = 0;
  const real = near.getStats.bind(near);
  near.getStats = async () => {
    reads++;
    const report = await real();
    if (change === null) return report;
    const changed = [...(report.entries() as Iterable<[string, Stat]>)].map(([id, stat]): [string, Stat] => [
      id,
      stat['type'] === 'remote-inbound-rtp' ? { ...stat, ...change } : stat,
    ]);
    return new Map(changed);
  };

  const sender = (kind: 'audio' | 'video') => {
    const line = near.getTransceivers().find(({ receiver }) => receiver.track.kind === kind);
    if (line === undefined) throw new Error(`There is no line for ${kind}.`);
    return line.sender;
  };

  return {
    near,
    sender,
    arrived: () => arrivedAt(far),
    report(next) {
      change = next;
    },
    reads: () => reads,
    async replacePicture() {
      const picture = createPicture();
      sources.push(picture);
      await sender('video').replaceTrack(picture.stream.getVideoTracks()[0] ?? null);
    },
    close() {
      near.close();
      far.close();
      sources.forEach((source) => source.stop());
    },
  };
}

async function arrivedAt(far: RTCPeerConnection): Promise<Arrived> {
  const stats = [...((await far.getStats()).values() as Iterable<Stat>)];
  const inbound = (kind: string, name: string): number => {
    const value = stats.find((stat) => stat['type'] === 'inbound-rtp' && stat['kind'] === kind)?.[name];
    return typeof value === 'number' ? value : 0;
  };
  const times = stats.map((stat) => stat['timestamp']).filter((time) => typeof time === 'number');
  return {
    at: Math.max(0, ...times),
    frames: inbound('video', 'framesDecoded'),
    sound: inbound('audio', 'packetsReceived'),
    picture: inbound('video', 'packetsReceived'),
    lines: inbound('video', 'frameHeight'),
  };
}

interface Source {
  readonly stream: MediaStream;
  stop(): void;
}

function createPicture(): Source {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 360;
  const context = canvas.getContext('2d');
  let turn = 0;
  const draw = () => {
    turn = (turn + 7) % 360;
    if (context === null) return;
    context.fillStyle = `hsl(${String(turn)} 60% 50%)`;
    context.fillRect(0, 0, canvas.width, canvas.height);
  };
  draw();
  const timer = setInterval(draw, 40);
  const stream = canvas.captureStream(25);
  return {
    stream,
    stop() {
      clearInterval(timer);
      stream.getTracks().forEach((track) => track.stop());
    },
  };
}

/** The browser's own test tone: an audio context makes no sound before somebody presses something. */
async function openTone(): Promise<Source> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  return { stream, stop: () => stream.getTracks().forEach((track) => track.stop()) };
}
