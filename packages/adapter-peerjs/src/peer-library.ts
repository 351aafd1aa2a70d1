/** The only import of PeerJS, so that a lazy import of this file brings what is used of it and no more. */
export { Peer } from 'peerjs';
