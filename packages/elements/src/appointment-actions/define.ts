import { AppointmentActions } from './appointment-actions.js';

AppointmentActions.define();
