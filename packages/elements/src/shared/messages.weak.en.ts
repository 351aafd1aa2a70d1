/** What is said in a call when a network is too weak for the picture, in English; a part of the catalogue. */
export const weakMessagesEn = {
  'weak.your-picture-small': 'Your connection is weak. Your picture is small now.',
  'weak.your-screen-slow': 'Your connection is weak. Your screen is sent slowly now.',
  'weak.your-picture-held': 'Your connection is weak. Only your sound is sent. Your picture comes back by itself.',
  'weak.your-screen-held': 'Your connection is weak. Only your sound is sent. Your screen comes back by itself.',
  'weak.your-picture-back': 'Your connection is well again. All that you show is sent.',
  'weak.not-sent': 'Your picture is not sent',
  'weak.screen-not-sent': 'Your screen is not sent',
  'weak.theirs': (name: string): string => `The connection of ${name} is weak.`,
  'weak.theirs-held': 'You hear them. The picture comes back by itself.',
  'weak.their-picture-small': (name: string): string =>
    `The connection of ${name} is weak. Their picture is small now.`,
  'weak.their-screen-slow': (name: string): string =>
    `The connection of ${name} is weak. Their screen moves slowly now.`,
  'weak.their-picture-back': (name: string): string => `You see ${name} well again.`,
};
