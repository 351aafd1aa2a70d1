export { createWebRtcVideo } from './webrtc-video.js';
