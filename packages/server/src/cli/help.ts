export const HELP = `active-session-server                          starts the server
active-session-server audit verify             walks the audit trail and names the first entry that is wrong
    --head <number>:<hash>                       a head that was published; may be given several times
    --head-file <file>                           a file of published heads; likewise
active-session-server audit head               prints the head of the audit trail
active-session-server export <patient id>      prints everything that is kept about a patient, as JSON
    --out <file>                                 into a new file that only you can read
active-session-server erase <patient id>       makes everything about a patient go away, for good
    --yes                                        needed
active-session-server retain                   makes old records go away, for good
    --before <instant>                           the content of bookings that ended before, with their notes
    --audit-before <instant>                     the beginning of the audit trail
    --yes                                        needed
active-session-server help                     prints this

All but the start need one variable, ACTIVE_SESSION_DATA_FOLDER, and may be used while the server runs.
They end with 0 when done, with 1 when not or when something is found to be wrong, with 2 when not understood.`;
