import { counting } from '../../shared/counted.js';
import type { Messages } from '../../shared/messages.js';

const counted = counting('ar');

/** The provider's page, in Arabic. */
export const dashboard = {
  'dashboard.queue': 'اليوم',
  'dashboard.queue-empty': 'ليست لديك جلسات اليوم.',
  'dashboard.waiting': 'في الانتظار',
  'dashboard.waiting-for': (duration) => `في الانتظار منذ ${duration}`,
  'dashboard.trouble-microphone': 'الميكروفون لا يعمل',
  'dashboard.trouble-speaker': 'الصوت غير مسموع',
  'dashboard.trouble-camera': 'الكاميرا لا تعمل',
  'dashboard.trouble-network': 'فشل اختبار الاتصال',
  'dashboard.in-call': 'في المكالمة',
  'dashboard.upcoming': 'لاحقًا',
  'dashboard.open': 'الانضمام متاح',
  'dashboard.completed': 'منتهية',
  'dashboard.cancelled': 'ملغاة',
  'dashboard.expired': 'فائتة',
  'dashboard.choose': 'يُرجى اختيار جلسة لعرضها هنا.',
  'dashboard.show': 'عرض',
  'dashboard.call': 'المكالمة',
  'dashboard.notes': 'الملاحظات',
  'dashboard.patient-reason': 'الموضوع المراد الحديث عنه',
  'dashboard.announce-waiting': (name) => `${name} في الانتظار.`,
  'composer.label': (name) => `ملاحظة لـ${name}`,
  'composer.hint': (name) => `تصل إلى ${name} فور مشاركتها.`,
  'composer.placeholder': 'الكتابة هنا…',
  'composer.kind': 'النوع',
  'composer.kind-none': 'عام',
  'composer.share': 'مشاركة',
  'composer.shortcut': (keys) => `للمشاركة: ${keys}`,
  'composer.closed': 'يمكنك كتابة الملاحظات أثناء الجلسة وبعدها.',
  'composer.unsent': (count) =>
    counted(count, {
      one: 'لم تُرسل ملاحظة واحدة بعد',
      two: 'لم تُرسل ملاحظتان بعد',
      few: 'لم تُرسل # ملاحظات بعد',
      other: 'لم تُرسل # ملاحظة بعد',
    }),
  'composer.all-sent': 'تمت مشاركة كل الملاحظات',
  'outbox.waiting': 'بانتظار الاتصال. تُرسل تلقائيًا.',
  'outbox.sending': 'جارٍ الإرسال…',
  'outbox.refused': 'لم تتم مشاركتها.',
  'composer.saving': 'جارٍ الحفظ…',
  'composer.kept': 'محفوظة على هذا الجهاز إلى أن تتم مشاركتها.',
  'composer.in-memory': 'محفوظة ما دامت هذه الصفحة مفتوحة فقط.',
  'composer.locked': 'يلزم تسجيل الدخول من جديد لحفظها على هذا الجهاز.',
  'composer.go-on': 'متابعة هذه الملاحظة',
  'outbox.draft': 'لم تتم مشاركتها بعد.',
  'outbox.revise': 'تغيير النص',
} satisfies Partial<Messages>;
