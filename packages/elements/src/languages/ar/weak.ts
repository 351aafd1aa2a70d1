import type { Messages } from '../../shared/messages.js';

/** A network that is too weak for the picture, in Arabic. */
export const weak = {
  'weak.your-picture-small': 'اتصالك ضعيف. تُرسَل صورتك الآن صغيرة.',
  'weak.your-screen-slow': 'اتصالك ضعيف. تُرسَل شاشتك الآن ببطء.',
  'weak.your-picture-held': 'اتصالك ضعيف. يُرسَل صوتك فقط. تعود صورتك تلقائيًا.',
  'weak.your-screen-held': 'اتصالك ضعيف. يُرسَل صوتك فقط. تعود شاشتك تلقائيًا.',
  'weak.your-picture-back': 'عاد اتصالك جيدًا. يُرسَل كل ما تعرضه.',
  'weak.not-sent': 'صورتك لا تُرسَل',
  'weak.screen-not-sent': 'شاشتك لا تُرسَل',
  'weak.theirs': (name) => `اتصال ${name} ضعيف.`,
  'weak.theirs-held': 'يصلك الصوت. تعود الصورة تلقائيًا.',
  'weak.their-picture-small': (name) => `اتصال ${name} ضعيف. تصل الصورة الآن صغيرة.`,
  'weak.their-screen-slow': (name) => `اتصال ${name} ضعيف. تصل الشاشة الآن ببطء.`,
  'weak.their-picture-back': (name) => `عادت صورة ${name} جيدة.`,
} satisfies Partial<Messages>;
