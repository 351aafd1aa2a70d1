import { counting } from '../../shared/counted.js';
import type { Messages } from '../../shared/messages.js';

const counted = counting('ar');

const sessions = (count: number): string =>
  counted(count, { zero: 'لا جلسات', one: 'جلسة واحدة', two: 'جلستان', few: '# جلسات', other: '# جلسة' });

/** A patient's earlier sessions, in Arabic. */
export const history = {
  'history.heading': 'الجلسات السابقة',
  'history.heading-with': (name) => `الجلسات السابقة مع ${name}`,
  'history.count': (count) => sessions(count),
  'history.loading': 'جارٍ تحميل الجلسات السابقة…',
  'history.failed': 'لا يمكننا عرض الجلسات السابقة الآن.',
  'history.stale': 'لا يمكننا البحث عن جلسات أخرى الآن.',
  'history.unreadable': (count) =>
    counted(count, {
      one: 'تعذّرت قراءة جلسة واحدة.',
      two: 'تعذّرت قراءة جلستين.',
      few: 'تعذّرت قراءة # جلسات.',
      other: 'تعذّرت قراءة # جلسة.',
    }),

  'history.picture-all': (count, since) => `${sessions(count)} منذ ${since}.`,
  'history.picture-some': (count, since) =>
    `${counted(count, { one: 'آخر جلسة', two: 'آخر جلستين', few: 'آخر # جلسات', other: 'آخر # جلسة' })}، منذ ${since}.`,
  'history.picture-missed': (count) =>
    counted(count, { one: 'فائتة واحدة.', two: 'فائتتان.', few: '# فائتة.', other: '# فائتة.' }),
  'history.picture-cancelled': (count) =>
    counted(count, { one: 'ملغاة واحدة.', two: 'ملغاتان.', few: '# ملغاة.', other: '# ملغاة.' }),
  'history.picture-open': 'إحداها جارية الآن.',
  'history.today': 'اليوم',

  'history.search': 'البحث في هذه الجلسات',
  'history.filters': 'عوامل التصفية',
  'history.from': 'من',
  'history.to': 'إلى',
  'history.label': 'التصنيف',
  'history.label-any': 'كل التصنيفات',
  'history.clear': 'مسح عوامل التصفية',
  'history.hits': (count, words) =>
    counted(count, {
      one: `في جلسة واحدة «${words}».`,
      two: `في جلستين «${words}».`,
      few: `في # جلسات «${words}».`,
      other: `في # جلسة «${words}».`,
    }),
  'history.no-hits': (words) => `لا توجد جلسة فيها «${words}».`,
  'history.searched': (count) =>
    counted(count, {
      one: 'تم البحث في جلسة واحدة حتى الآن…',
      two: 'تم البحث في جلستين حتى الآن…',
      few: 'تم البحث في # جلسات حتى الآن…',
      other: 'تم البحث في # جلسة حتى الآن…',
    }),
  'history.show-all': 'عرض كل الجلسات',
  'history.more': 'عرض المزيد من الجلسات',

  'history.empty': 'لا توجد جلسات سابقة بعد.',
  'history.empty-help': 'تظهر الجلسة هنا بعد أن تبدأ.',
  'history.none-fits': 'لا توجد جلسة توافق عوامل التصفية هذه.',
  'history.none-fits-help': 'يمكنك تحديد أيام أخرى أو تصنيف آخر.',

  'history.outcome-completed': 'تمت',
  'history.outcome-open': 'جارية الآن',
  'history.outcome-missed': 'فائتة',
  'history.outcome-no-show': 'لم يتم الحضور',
  'history.outcome-cancelled': 'ملغاة',
  'history.outcome-handed-over': 'محوّلة',
  'history.handed-over': (when) => `حُوّلت في ${when}. تظهر كما كانت حينها.`,
  'history.no-notes': 'لا ملاحظات',
  'history.no-notes-help': 'لم تتم مشاركة أي ملاحظة في هذه الجلسة.',
  'history.reason': 'موضوع الحديث المطلوب',
  'history.some-notes': (count, total) => `${count} من ${total} من الملاحظات`,
  'history.all-notes': (count) =>
    counted(count, {
      one: 'عرض ملاحظتها',
      two: 'عرض الملاحظتين',
      few: 'عرض كل الملاحظات وعددها #',
      other: 'عرض كل الملاحظات وعددها #',
    }),

  'history.choose': 'يُرجى تحديد جلسة لعرض جلسات المريض السابقة.',
  'history.no-patient': 'لا يوجد سجل لعرضه.',
  'history.no-patient-help': 'لا تذكر هذه الجلسة صاحبها.',
  'history.not-yours': 'ليست لديك جلسات مع هذا المريض.',
  'history.not-offered': 'الجلسات السابقة غير متاحة هنا.',
} satisfies Partial<Messages>;
