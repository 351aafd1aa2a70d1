import type { StorybookConfig } from '@storybook/web-components-vite';
import { defaultClientConditions, mergeConfig } from 'vite';

export default {
  framework: '@storybook/web-components-vite',
  stories: ['../packages/elements/src/**/*.stories.ts'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  // Stories show the packages' sources: no build is needed.
  viteFinal: (config) =>
    mergeConfig(config, { resolve: { conditions: ['@active-session/source', ...defaultClientConditions] } }),
} satisfies StorybookConfig;
