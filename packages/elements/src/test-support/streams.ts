import { replace } from './replace.js';

/** From now on sound needs no gesture, and makes none: until what is given back is called. */
export function letSoundPlay(): () => void {
  const undo = [
    replace(AudioContext.prototype, 'resume', async () => undefined),
    replace(HTMLAudioElement.prototype, 'play', async () => undefined),
  ];
  return () => undo.forEach((step) => step());
}

/** A real stream with a drawn picture in place of a camera's. The tone of the picture is its only difference. */
export function drawnStream(hue: number, width = 640, height = 360): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const draw = canvas.getContext('2d');
  const paint = (): void => {
    if (draw === null) return;
    const ground = draw.createLinearGradient(0, 0, 0, height);
    ground.addColorStop(0, `hsl(${String(hue)} 28% 62%)`);
    ground.addColorStop(1, `hsl(${String(hue)} 30% 34%)`);
    draw.fillStyle = ground;
    draw.fillRect(0, 0, width, height);
    draw.fillStyle = `hsl(${String(hue)} 22% 84%)`;
    draw.beginPath();
    draw.arc(width / 2, height * 0.42, height * 0.17, 0, 2 * Math.PI);
    draw.fill();
    draw.beginPath();
    draw.ellipse(width / 2, height, height * 0.36, height * 0.36, 0, 0, 2 * Math.PI);
    draw.fill();
  };
  paint();
  const stream = canvas.captureStream(5);
  // A canvas that is not painted sends no frames.
  const painting = setInterval(() => {
    if (stream.active) paint();
    else clearInterval(painting);
  }, 200);
  return stream;
}

/** The same with a sound that nobody hears. */
export function soundingStream(hue: number): MediaStream {
  const stream = drawnStream(hue);
  for (const track of new AudioContext().createMediaStreamDestination().stream.getAudioTracks()) stream.addTrack(track);
  return stream;
}
