import type { Messages } from '../../shared/messages.js';

/** A network that is too weak for the picture, in simplified Chinese. */
export const weak = {
  'weak.your-picture-small': '您的网络较弱。您的画面现在以小尺寸发送。',
  'weak.your-screen-slow': '您的网络较弱。您的屏幕现在更新得较慢。',
  'weak.your-picture-held': '您的网络较弱。现在只发送您的声音。您的画面会自动恢复。',
  'weak.your-screen-held': '您的网络较弱。现在只发送您的声音。您的屏幕会自动恢复。',
  'weak.your-picture-back': '您的网络恢复良好。您展示的一切都在发送。',
  'weak.not-sent': '您的画面未发送',
  'weak.screen-not-sent': '您的屏幕未发送',
  'weak.theirs': (name) => `${name} 的网络较弱。`,
  'weak.theirs-held': '您能听到对方的声音。画面会自动恢复。',
  'weak.their-picture-small': (name) => `${name} 的网络较弱。对方的画面现在较小。`,
  'weak.their-screen-slow': (name) => `${name} 的网络较弱。对方的屏幕现在更新得较慢。`,
  'weak.their-picture-back': (name) => `您又能清楚地看到 ${name} 了。`,
} satisfies Partial<Messages>;
