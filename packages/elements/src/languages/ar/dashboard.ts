import type { Messages } from '../../shared/messages.js';

/** The provider's page, in Arabic. */
export const dashboard = {
  'dashboard.choose': 'يُرجى اختيار جلسة لعرضها هنا.',
  'dashboard.show': 'عرض',
  'dashboard.call': 'المكالمة',
  'dashboard.notes': 'الملاحظات',
  'dashboard.patient-reason': 'الموضوع المراد الحديث عنه',
  'dashboard.session': 'هذه الجلسة',
  'dashboard.earlier': 'الجلسات السابقة',
  'dashboard.window-open': 'نافذة صغيرة',
  'dashboard.window-back': 'العودة إلى الصفحة',
  'dashboard.window-hint': 'تبقى المكالمة وخانة الملاحظات فوق برامجك الأخرى.',
  'dashboard.sees-upcoming': (name, time) => `يمكن لـ ${name} الدخول من ${time}.`,
  'dashboard.sees-open': (name) => `يمكن لـ ${name} الدخول الآن، ولم يصل أحد بعد.`,
  'dashboard.sees-late': (name, minutes) => `يقرأ ${name} أنك ستتأخر نحو ${minutes} دقيقة.`,
  'dashboard.sees-return': (name) => `خرج ${name}، ويمكن الرجوع.`,
  'dashboard.sees-waiting': (name) => `ينتظر ${name}، ويقرأ أنك لم تصل بعد.`,
  'dashboard.sees-connecting': (name) => `ينتظر ${name}، ويقرأ أن المكالمة ستبدأ.`,
  'dashboard.sees-asking': (name) => `ينتظر ${name} أن تسمح بالدخول.`,
  'dashboard.sees-held': (name) => `يقرأ ${name} أنك تطلب الانتظار.`,
  'dashboard.sees-message': (name, message) => `ينتظر ${name}، ويقرأ: ${message}`,
  'dashboard.sees-call': (name) => `${name} في المكالمة.`,
  'dashboard.sees-completed': (name) => `يرى ${name} أن الجلسة انتهت، ويرى ملاحظاتك.`,
  'dashboard.sees-cancelled': (name) => `يرى ${name} أن هذه الجلسة ملغاة.`,
  'dashboard.sees-missed': (name) => `يرى ${name} أن الجلسة فاتت.`,
} satisfies Partial<Messages>;
