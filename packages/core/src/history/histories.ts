import type { SessionEvent } from '../session/event.schema.js';
import {
  createPatientHistory,
  type HistoryOptions,
  type OwnedHistory,
  type PatientHistory,
} from './patient-history.js';

/** The histories that are read on this page, each by who asked for it. */
export interface Histories {
  of(patient: string): PatientHistory;
  notice(): void;
  follow(event: SessionEvent): void;
  refresh(depth: 'head' | 'all'): void;
  forget(): void;
  close(): void;
}

export function createHistories(options: Omit<HistoryOptions, 'patient' | 'onUse'>): Histories {
  // Only those that are watched: one that nobody holds any more can go.
  const used = new Set<OwnedHistory>();
  let isClosed = false;
  const each = (work: (history: OwnedHistory) => void): void => {
    for (const history of [...used]) work(history);
  };

  return {
    of(patient) {
      const history: OwnedHistory = createPatientHistory({
        ...options,
        patient,
        onUse: (isUsed) => {
          if (isUsed) used.add(history);
          else used.delete(history);
        },
      });
      if (isClosed) history.close();
      return history;
    },
    notice: () => {
      each((history) => {
        history.notice();
      });
    },
    follow: (event) => {
      each((history) => {
        history.follow(event);
      });
    },
    refresh: (depth) => {
      each((history) => {
        history.refresh(depth);
      });
    },
    forget: () => {
      each((history) => {
        history.forget();
      });
    },
    close: () => {
      isClosed = true;
      each((history) => {
        history.close();
      });
    },
  };
}
