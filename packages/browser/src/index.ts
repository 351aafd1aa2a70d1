export { createBrowserPlatform } from './platform.js';
export type { BrowserPlatformOptions } from './platform.js';
