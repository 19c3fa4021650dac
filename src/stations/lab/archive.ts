/** Archive: that of the open table, its records and peers, and the list of those that the browser keeps. */
import type { ArchiveListing, ArchiveReport, RecordInspection } from '../../contracts/codec.ts';
import type { PeerResult, PeersReport } from '../../contracts/peers.ts';
import type { Task } from './task.ts';

/** The peers on the open dataset's training records: rows come in one by one. */
export interface PeersState {
  task: Task<PeersReport>;
  rows: PeerResult[];
}

export interface ArchiveState {
  archive: Task<ArchiveReport>;
  archives: ArchiveListing[];
  storage: { usage: number; quota: number; persisted: boolean } | null;
  inspection: Task<RecordInspection>;
  peers: PeersState;
}

/** What is done with the archives that the browser keeps. */
export interface KeptArchiveActions {
  /** Fetches one record; null: one whose base most training records share. */
  inspect: (record: number | null) => Promise<void>;
  keepArchive: (id: string, kept: boolean) => Promise<void>;
  /** Deletion can be undone for some seconds: it is carried out when the message goes. */
  deleteArchive: (id: string) => void;
  deleteEverything: () => Promise<void>;
  refreshArchives: () => Promise<void>;
  /** The store has changed, by this tab or another one: the list again, and whether the open archives are there. */
  followArchives: () => Promise<void>;
}

export interface PeersActions {
  measurePeers: () => Promise<void>;
  cancelPeers: () => void;
}

export interface ArchiveActions extends KeptArchiveActions, PeersActions {}
