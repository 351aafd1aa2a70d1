import { ProviderDashboard } from './provider-dashboard.js';

ProviderDashboard.define();
