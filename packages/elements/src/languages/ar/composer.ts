import { counting } from '../../shared/counted.js';
import type { Messages } from '../../shared/messages.js';

const counted = counting('ar');

/** Where a provider writes notes, in Arabic. */
export const composer = {
  'composer.label': (name) => `ملاحظة لـ${name}`,
  'composer.session': (when) => `الجلسة: ${when}.`,
  'composer.hint': (name) => `تصل إلى ${name} فور مشاركتها.`,
  'composer.placeholder': 'الكتابة هنا…',
  'composer.kind': 'التصنيف (اختياري)',
  'composer.kind-none': 'بلا تصنيف',
  'composer.share': 'مشاركة',
  'composer.discard': 'حذف',
  'composer.shortcut': (keys) => `للمشاركة: ${keys}`,
  'composer.none': 'يجب اختيار جلسة لكتابة ملاحظة لها.',
  'composer.closed': 'يمكنك كتابة الملاحظات أثناء الجلسة وبعدها.',
  'composer.cancelled': 'أُلغيت هذه الجلسة. لا يمكن مشاركة ملاحظات لها.',
  'composer.gone': 'لم تعد هذه الجلسة لديك. يمكنك نسخ ما كُتب.',
  'composer.not-offered': 'لا يمكن مشاركة الملاحظات هنا.',

  'composer.room': (count) =>
    counted(count, {
      zero: 'لا مكان لأحرف أخرى.',
      one: 'يتبقى مكان لحرف واحد.',
      two: 'يتبقى مكان لحرفين.',
      few: 'يتبقى مكان لـ# أحرف.',
      many: 'يتبقى مكان لـ# حرفًا.',
      other: 'يتبقى مكان لـ# حرف.',
    }),
  'composer.too-long': (count) =>
    counted(count, {
      one: 'هذه الملاحظة أطول من المسموح بحرف واحد. يلزم تقصيرها أو تقسيمها إلى ملاحظتين.',
      two: 'هذه الملاحظة أطول من المسموح بحرفين. يلزم تقصيرها أو تقسيمها إلى ملاحظتين.',
      few: 'هذه الملاحظة أطول من المسموح بـ# أحرف. يلزم تقصيرها أو تقسيمها إلى ملاحظتين.',
      many: 'هذه الملاحظة أطول من المسموح بـ# حرفًا. يلزم تقصيرها أو تقسيمها إلى ملاحظتين.',
      other: 'هذه الملاحظة أطول من المسموح بـ# حرف. يلزم تقصيرها أو تقسيمها إلى ملاحظتين.',
    }),
  'composer.unfit': 'في هذا النص رموز مخفية. لا يمكن مشاركته معها.',
  'composer.mend': 'إزالتها',

  'composer.saving': 'جارٍ الحفظ…',
  'composer.kept': 'محفوظة على هذا الجهاز إلى أن تتم مشاركتها.',
  'composer.in-memory': 'محفوظة ما دامت هذه الصفحة مفتوحة فقط.',
  'composer.locked': 'يلزم تسجيل الدخول من جديد لحفظها على هذا الجهاز.',
  'composer.kept-until': (when) => `هذه المسودة محفوظة حتى: ${when}. تلزم مشاركتها أو نسخها.`,
  'composer.sending': 'جارٍ الإرسال…',
  'composer.sent': (name) => `تمت المشاركة مع ${name}.`,
  'composer.sent-several': (count, name) =>
    counted(count, {
      one: 'تمت مشاركة ملاحظة واحدة',
      two: 'تمت مشاركة ملاحظتين',
      few: 'تمت مشاركة # ملاحظات',
      many: 'تمت مشاركة # ملاحظة',
      other: 'تمت مشاركة # ملاحظة',
    }) + ` مع ${name}.`,
  'composer.refused': (name) => `لم تتم مشاركة ملاحظة لـ${name}.`,

  'composer.corrects': (when) => `تصحيح للملاحظة: ${when}`,
  'composer.corrects-unknown': 'تصحيح لملاحظة سابقة',
  'composer.corrects-withdrawn': 'سُحبت الملاحظة التي تصححها هذه.',
  'composer.corrects-not': 'ليست تصحيحًا',

  'composer.discard-question': 'هل تُحذف هذه الملاحظة؟',
  'composer.discard-help': (name) => `لم تصل إلى ${name}. لا يمكن استرجاعها.`,
  'composer.discard-no': 'الاحتفاظ بها',

  'composer.elsewhere': (name) => `تُكتب ملاحظة لـ${name} في علامة تبويب أخرى.`,
  'composer.elsewhere-unknown': 'تُكتب ملاحظة في علامة تبويب أخرى.',
  'composer.others': (count) =>
    counted(count, {
      one: 'ملاحظة واحدة لجلسة أخرى لم تتم مشاركتها.',
      two: 'ملاحظتان لجلسات أخرى لم تتم مشاركتهما.',
      few: '# ملاحظات لجلسات أخرى لم تتم مشاركتها.',
      many: '# ملاحظة لجلسات أخرى لم تتم مشاركتها.',
      other: '# ملاحظة لجلسات أخرى لم تتم مشاركتها.',
    }),

  'outbox.heading': 'لم تتم مشاركتها بعد',
  'outbox.draft': 'مسودة. لا يراها أحد غيرك.',
  'outbox.go-on': 'متابعة هذه الملاحظة',
  'outbox.waiting': 'بانتظار الاتصال. تُرسل تلقائيًا.',
  'outbox.waiting-service': 'لا تجيب العيادة الآن. تُرسل تلقائيًا.',
  'outbox.waiting-turn': 'تُرسل بعد التي قبلها.',
  'outbox.signed-out': 'يلزم تسجيل الدخول من جديد: الملاحظة محفوظة وتُرسل بعده.',
  'outbox.signed-out-memory': 'يلزم تسجيل الدخول في علامة تبويب أخرى. يجب إبقاء هذه الصفحة مفتوحة: الملاحظة هنا فقط.',
  'outbox.sending': 'جارٍ الإرسال…',
  'outbox.refused': 'لم تتم مشاركتها.',
  'outbox.take-back': 'استرجاع الملاحظة',
  'outbox.revise': 'تغيير النص',
  'outbox.copy': 'نسخ',
  'outbox.copied': 'تم النسخ',
  'outbox.copy-done': 'تم نسخ الملاحظة.',
  'outbox.copy-failed': 'لم ينسخها المتصفح. النص محدد الآن: يمكن نسخه بلوحة المفاتيح أو القائمة.',
  'outbox.why-refused': 'لم يقبل الخادم هذه الملاحظة. يمكن تغيير النص أو نسخه.',
  'outbox.why-invalid': 'لا تستطيع العيادة قبول هذا النص. يمكن تغييره أو نسخه.',
  'outbox.why-withdrawn': 'سُحبت الملاحظة التي تصححها. يمكن تغيير النص لمشاركته كملاحظة جديدة.',
  'outbox.why-conflict': 'تغيّر شيء في هذه الأثناء. يمكن تغيير النص أو إعادة المحاولة.',
  'outbox.why-gone': 'لم تعد هذه الجلسة لديك. يمكن نسخ النص عند الحاجة.',
  'outbox.why-cancelled': 'أُلغيت هذه الجلسة. يمكن نسخ النص عند الحاجة.',
  'outbox.why-closed': 'تُشارك الملاحظات أثناء الجلسة وبعدها. يمكن إعادة المحاولة حينها.',
  'outbox.why-not-offered': 'لا يمكن مشاركة الملاحظات هنا. يمكن نسخ النص عند الحاجة.',
  'outbox.why-unknown': 'ربما تمت مشاركتها. يمكن إعادة المحاولة، ولن تُشارَك إلا مرة واحدة.',
} satisfies Partial<Messages>;
