import type { Preview } from '@storybook/web-components-vite';

export default {
  tags: ['autodocs'],
  parameters: {
    a11y: { test: 'error' },
    controls: { matchers: { date: /(At|Date)$/ } },
  },
} satisfies Preview;
