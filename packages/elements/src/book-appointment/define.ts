import { BookAppointment } from './book-appointment.js';

BookAppointment.define();
