import type { Messages } from '../../shared/messages.js';

/** The provider's page, in simplified Chinese. */
export const dashboard = {
  'dashboard.choose': '选择一个问诊，即可在此查看。',
  'dashboard.show': '显示',
  'dashboard.call': '通话',
  'dashboard.notes': '记录',
  'dashboard.patient-reason': '对方想谈的内容',
  'dashboard.session': '本次问诊',
  'dashboard.earlier': '以前的问诊',
  'dashboard.window-open': '小窗口',
  'dashboard.window-back': '回到页面',
  'dashboard.window-hint': '通话和记录框会留在其他程序上面。',
  'dashboard.sees-upcoming': (name, time) => `${name} 从 ${time} 起可以进入。`,
  'dashboard.sees-open': (name) => `${name} 现在可以进入，还没有来。`,
  'dashboard.sees-late': (name, minutes) => `${name} 看到您大约晚 ${minutes} 分钟。`,
  'dashboard.sees-return': (name) => `${name} 离开了，可以再回来。`,
  'dashboard.sees-waiting': (name) => `${name} 在等，看到您还没有来。`,
  'dashboard.sees-connecting': (name) => `${name} 在等，看到通话就要开始。`,
  'dashboard.sees-asking': (name) => `${name} 在等您让其进入。`,
  'dashboard.sees-held': (name) => `${name} 看到您请其稍等。`,
  'dashboard.sees-message': (name, message) => `${name} 在等，看到：${message}`,
  'dashboard.sees-call': (name) => `${name} 在通话中。`,
  'dashboard.sees-completed': (name) => `${name} 看到问诊已结束，也看到您的记录。`,
  'dashboard.sees-cancelled': (name) => `${name} 看到本次问诊已取消。`,
  'dashboard.sees-missed': (name) => `${name} 看到问诊已错过。`,
} satisfies Partial<Messages>;
