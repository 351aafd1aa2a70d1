import type { Preview } from '@storybook/web-components-vite';
import { page } from '../packages/elements/src/test-support/render.ts';
import { expectGoodLook } from './look.ts';
import { expectGoodWords } from './words.ts';

export default {
  tags: ['autodocs'],
  initialGlobals: { locale: 'en-GB' },
  globalTypes: {
    locale: {
      description: 'Language',
      toolbar: {
        icon: 'globe',
        dynamicTitle: true,
        items: [
          { value: 'en-GB', title: 'English' },
          { value: 'es', title: 'Español' },
          { value: 'fr', title: 'Français' },
          { value: 'ar', title: 'العربية', right: 'rtl' },
          { value: 'zh-Hans', title: '简体中文' },
          { value: 'en-XA', title: 'Longer', right: 'pseudo' },
          { value: 'ar-XB', title: 'Mirrored', right: 'pseudo, rtl' },
        ],
      },
    },
  },
  decorators: [
    (story, { globals }) => {
      const lang = String(globals['locale']);
      page.lang = lang;
      document.documentElement.lang = lang;
      document.documentElement.dir = lang.startsWith('ar') ? 'rtl' : 'ltr';
      return story();
    },
  ],
  parameters: {
    a11y: { test: 'error' },
    controls: { matchers: { date: /(At|Date)$/ } },
  },
  afterEach: async ({ canvasElement, viewMode }) => {
    // Whoever browses the stories sees them as they are: this turns them to other sizes and languages.
    if (viewMode !== 'story' || globalThis.emulateMedia === undefined) return;
    await expectGoodWords(canvasElement);
    await expectGoodLook(canvasElement);
  },
} satisfies Preview;
