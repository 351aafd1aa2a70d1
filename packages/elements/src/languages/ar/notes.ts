import { counting } from '../../shared/counted.js';
import type { Messages } from '../../shared/messages.js';

const counted = counting('ar');

const newNotes = (count: number): string =>
  counted(count, {
    one: 'ملاحظة جديدة واحدة',
    two: 'ملاحظتان جديدتان',
    few: '# ملاحظات جديدة',
    other: '# ملاحظة جديدة',
  });

/** What the provider shared, in Arabic. */
export const notes = {
  'notes.heading': 'ملاحظات مقدّم الرعاية',
  'notes.heading-from': (name) => `ملاحظات من ${name}`,
  'notes.heading-all': 'ملاحظات من مقدّمي رعايتك',
  'notes.heading-shared': 'الملاحظات المشتركة',
  'notes.heading-shared-with': (name) => `تمت المشاركة مع ${name}`,
  'notes.empty': 'لا توجد ملاحظات بعد.',
  'notes.empty-help': (name) => `ما يصلك من ${name} يظهر هنا ويبقى.`,
  'notes.empty-all': 'ما يصلك من مقدّمي رعايتك يظهر هنا ويبقى.',
  'notes.empty-provider': 'ما تتم مشاركته من قِبلك يظهر هنا.',
  'notes.loading': 'جارٍ تحميل الملاحظات…',
  'notes.failed': 'لا يمكننا عرض الملاحظات الآن.',
  'notes.unreadable': (count) =>
    counted(count, {
      one: 'تعذّرت قراءة ملاحظة واحدة.',
      two: 'تعذّرت قراءة ملاحظتين.',
      few: 'تعذّرت قراءة # ملاحظات.',
      other: 'تعذّرت قراءة # ملاحظة.',
    }),
  'notes.new': (name) => `ملاحظة جديدة من ${name}.`,
  'notes.withdrawn': (when) => `سُحبت ملاحظة في ${when}.`,
  'notes.amends': 'تصحّح ملاحظة سابقة',
  'notes.count': (count) =>
    counted(count, {
      zero: 'لا ملاحظات',
      one: 'ملاحظة واحدة',
      two: 'ملاحظتان',
      few: '# ملاحظات',
      other: '# ملاحظة',
    }),
  'notes.opens-new-tab': 'تُفتح في علامة تبويب جديدة',
  'notes.loading-earlier': 'جارٍ تحميل الجلسات السابقة…',
  'notes.stale': 'لا يمكننا البحث عن ملاحظات جديدة الآن.',
  'notes.as-of': (time) => `يظهر ما كان هنا الساعة ${time}.`,
  'notes.goes-to': (host) => `يؤدي إلى ${host}`,
  'notes.new-several': (count, name) => `${newNotes(count)} من ${name}.`,
  'notes.new-several-people': (count) => `${newNotes(count)}.`,
  'notes.new-mark': 'جديدة',
  'notes.unread': (count) => counted(count, { one: 'جديدة واحدة', two: 'جديدتان', other: '# جديدة' }),
  'notes.jump': (count) => newNotes(count),
  'notes.withdrawn-help': 'لم يعد نصها معروضًا.',
  'notes.amends-of': (when) => `تصحّح ملاحظة ${when}`,
  'notes.amends-show': 'عرض تلك الملاحظة',
  'notes.amended': (when) => `صُحّحت في ${when}`,
  'notes.amended-show': 'قراءة التصحيح',
  'notes.copy': 'نسخ',
  'notes.copied': 'تم النسخ',
  'notes.copy-all': 'نسخ الكل',
  'notes.copy-done': 'تم نسخ الملاحظة.',
  'notes.copy-all-done': 'تم نسخ كل الملاحظات.',
  'notes.copy-failed': 'لم ينسخها متصفحك. النص محدد الآن: يمكنك نسخه بلوحة المفاتيح أو من القائمة.',
  'notes.print': 'طباعة',
  'notes.withdrawn-own': 'لم تعد ظاهرة للمريض.',
  'notes.correct': 'تصحيح',
  'notes.withdraw': 'سحب',
  'notes.withdraw-question': 'هل تُسحب هذه الملاحظة؟',
  'notes.withdraw-help': (name) => `لن تظهر بعد الآن: ${name}. تبقى في السجل.`,
  'notes.withdraw-no': 'إبقاؤها مشتركة',
  'notes.withdrawing': 'جارٍ السحب…',
  'notes.withdraw-done': 'سُحبت الملاحظة.',
  'notes.withdraw-failed': 'ما زالت الملاحظة مشتركة.',

  'notes.search': 'البحث في هذه الملاحظات',
  'notes.hits': (count, words) =>
    counted(count, {
      one: `في ملاحظة واحدة «${words}».`,
      two: `في ملاحظتين «${words}».`,
      few: `في # ملاحظات «${words}».`,
      other: `في # ملاحظة «${words}».`,
    }),
  'notes.no-hits': (words) => `لا توجد ملاحظة فيها «${words}».`,
  'notes.no-hits-help': 'يمكنك تجربة كلمات أقل أو كلمات أخرى.',
  'notes.show-all': 'عرض كل الملاحظات',
  'notes.more': (count) => `عرض ${count} أخرى`,
  'notes.searching': (done, total) => `جارٍ البحث في ${done} من ${total} من الجلسات…`,

  'kind.diagnosis': 'تشخيص',
  'kind.recommendation': 'توصية',
  'kind.follow-up': 'متابعة',
  'kind.resource': 'مرجع أو رابط',
  'kind.prescription': 'وصفة طبية أو خطة رعاية',
} satisfies Partial<Messages>;
