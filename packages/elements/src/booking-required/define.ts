import { BookingRequired } from './booking-required.js';

BookingRequired.define();
