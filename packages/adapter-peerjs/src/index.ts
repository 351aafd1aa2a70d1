export { createPeerVideo } from './peer-video.js';
