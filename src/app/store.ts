/** The store of one page, put together from its slices. */
import { DEFAULT_IMAGE_PLAN } from '../contracts/imageSweep.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { DEFAULT_SETTINGS, type ExperimentSettings } from '../contracts/codec.ts';
import { DEFAULT_IMAGE_SETTINGS } from '../contracts/images.ts';
import { sampleByDataset } from '../contracts/gallery.ts';
import { PLAIN_VIEW } from '../contracts/link.ts';
import { isArchiveFile } from '../platform/archiveFile.ts';
import { IMAGE_SETTINGS, TABLE_SETTINGS, TRAINING_SETTINGS, type TablePart } from '../contracts/settings.ts';
import { isLessonFile } from '../platform/lessonFile.ts';
import type { Lab, LabState } from '../stations/lab.ts';
import type { LearnRun } from '../stations/lab/learn.ts';
import { idleTask } from '../stations/lab/task.ts';
import { idleTraining } from '../stations/training/state.ts';
import type { StoreContext, LabServices } from './storeContext.ts';
import { createFixedControls } from './fixedControls.ts';
import { createRestraint, isQuickCodec } from './restraint.ts';
import { usualSettings } from '../contracts/tableFitting.ts';
import { DEFAULT_PLAN } from './tables/sweepPlan.ts';
import { cancelAt, pauseAt } from './running.ts';
import { createAnswer } from './slices/answer.ts';
import { createArchives } from './slices/archives.ts';
import { createChanges } from './slices/changes.ts';
import { createData } from './slices/data.ts';
import { createFitted, idleFitted } from './slices/fitted.ts';
import { createImages } from './slices/images.ts';
import { createImageSweep, idleImageSweep } from './slices/imageSweep.ts';
import { createLandscape, idleLandscape } from './slices/landscape.ts';
import { createLearn } from './slices/learn.ts';
import { createLessons } from './slices/lessons.ts';
import { createMessages } from './slices/messages.ts';
import { createOutline } from './slices/outline.ts';
import { createSql } from './slices/sql.ts';
import { createPeers } from './slices/peers.ts';
import { createPictureWalk } from './slices/pictureWalk.ts';
import { createPipeline } from './slices/pipeline.ts';
import { createScatter, idleScatter } from './slices/scatter.ts';
import { createSweep, idleSweep } from './slices/sweep.ts';
import { createTimes } from './slices/times.ts';
import { createTraining } from './slices/training.ts';
import { createTrees } from './slices/trees.ts';
import { createTravel } from './slices/travel.ts';
import { createVisits } from './slices/visits.ts';
import { createWalk } from './slices/walk.ts';

export interface LabStore {
  store: StoreApi<Lab>;
  /** Opens what the address names, else the newest archive, else the first sample. */
  start: (hash: string) => Promise<void>;
  /** Carries out what an undo still holds open: the page is going away. */
  settle: () => void;
}

function idleRun(method: LearnRun['method']): LearnRun {
  return { method, closedForm: idleTask(), descent: idleTask(), playing: false };
}

/** Most archives that are taken in when they are dropped together. */
const MOST_ARCHIVES = 64;

function initialState(services: LabServices): LabState {
  return {
    station: 'data',
    paperTable: 1,
    kind: 'table',
    images: {
      source: null,
      settings: { ...DEFAULT_IMAGE_SETTINGS },
      dataset: idleTask(),
      table: 0,
      bits: idleTask(),
      archive: idleTask(),
      fraction: 0.1,
      sample: idleTask(),
      condensed: idleTask(),
      inspection: idleTask(),
      peers: { task: idleTask(), rows: [] },
      sweep: idleImageSweep({ ...DEFAULT_IMAGE_PLAN }),
      page: idleTask(),
      training: idleTraining(),
      held: [],
    },
    settings: { ...DEFAULT_SETTINGS },
    asksTarget: false,
    source: null,
    dataset: idleTask(),
    bits: idleTask(),
    archive: idleTask(),
    examined: idleTask(),
    archives: [],
    storage: null,
    inspection: idleTask(),
    peers: { task: idleTask(), rows: [] },
    verifications: {},
    transfer: null,
    learn: { full: idleRun('full'), condensed: idleRun('condensed') },
    outline: idleTask(),
    sql: idleTask(),
    fitted: idleFitted(),
    landscape: idleLandscape(),
    scatter: idleScatter(),
    answer: { task: idleTask(), waits: null, isWhenAsked: services.isAnswerAsked(), rivals: idleTask() },
    walk: idleTask(),
    walkScene: null,
    times: idleTask(),
    trees: idleTask(),
    pictureWalk: idleTask(),
    sweep: idleSweep({ ...DEFAULT_PLAN }),
    held: [],
    messages: [],
    extraSamples: [],
    shipped: null,
    awaited: null,
    choice: null,
    view: PLAIN_VIEW,
    changes: { stages: [], now: 0, pins: [] },
    areLessonsShown: false,
  };
}

export function createLabStore(services: LabServices): LabStore {
  let settle = () => {};
  let start: LabStore['start'] = () => Promise.resolve();
  let follow: ((now: Lab, before: Lab) => void)[] = [];
  let areShippedAsked = false;

  const store = createStore<Lab>()((set, get) => {
    const context: StoreContext = { services, get, set };
    const messages = createMessages(context);
    const fixed = createFixedControls(context, messages);
    const archives = createArchives(context, messages, () => data.lose());
    const restraint = createRestraint<ExperimentSettings, TablePart>({
      table: TABLE_SETTINGS,
      settings() {
        const { settings: now, dataset } = get();
        if (dataset.value === null) return null;
        const isQuick = isQuickCodec(now.codec, dataset.value.rawFloat64Bytes);
        return { now, usual: usualSettings(dataset.value), quick: isQuick ? ['codec'] : [] };
      },
      read: () => get().held,
      write: (held) => set({ held }),
      // The search for the bases takes as long for the archive as for the bits.
      decidedBy: { archive: 'bits' },
    });
    const learn = createLearn(context, restraint);
    const sweep = createSweep(context);
    const pipeline = createPipeline(context, archives, learn, sweep, restraint);
    const images = createImages(context, archives);
    const imageSweep = createImageSweep(context);
    images.onSweep(imageSweep);
    const training = createTraining(context, messages, images);
    images.onTraining(training);
    const data = createData(context, messages, archives, pipeline, images, training, restraint);
    const travel = createTravel(context, messages, archives, data);
    const peers = createPeers(context);
    const outline = createOutline(context);
    const sql = createSql(context);
    const fitted = createFitted(context);
    const landscape = createLandscape(context);
    const scatter = createScatter(context);
    const answer = createAnswer(context, messages);
    const walk = createWalk(context);
    const times = createTimes(context, pipeline.byHand, sweep);
    const trees = createTrees(context);
    const pictureWalk = createPictureWalk(context);
    const changes = createChanges(context, messages);
    const visits = createVisits(context, data, images, training, sweep, changes);
    const lessons = createLessons(context, messages);
    follow = [
      travel.follow,
      peers.follow,
      answer.follow,
      fitted.follow,
      landscape.follow,
      scatter.follow,
      sweep.follow,
      training.follow,
      times.follow,
      trees.follow,
      outline.follow,
      sql.follow,
      changes.follow,
    ];
    settle = messages.settle;
    start = data.start;

    return {
      ...initialState(services),
      goTo: (station) => set({ station }),
      look: (changed) => set({ view: { ...get().view, ...changed } }),
      showPaperTable: (paperTable) => set({ paperTable }),
      async load(source) {
        // By what it holds, not by its name: whichever way a file comes, it may be an archive.
        if (source.kind === 'file' && (await isArchiveFile(source.file)))
          await travel.importArchive(source.file);
        else await data.load(source);
      },
      cancelLoad: data.cancelLoad,
      loadImages: data.loadImages,
      async loadFiles(files) {
        if (files.length === 1 && (await isLessonFile(files[0].file))) {
          await lessons.openLesson(files[0].file);
          return;
        }
        // A file is met at Data, where its reading stands and its target is asked for.
        if (files.length > 0 && get().station === 'start') set({ station: 'data' });
        const archives = files.length <= MOST_ARCHIVES ? files : [];
        const are = await Promise.all(archives.map(({ file }) => isArchiveFile(file)));
        if (archives.length > 0 && are.every(Boolean))
          for (const { file } of archives) await travel.importArchive(file);
        else await data.loadFiles(files);
      },
      openFound: data.openFound,
      forgetChoice: data.forgetChoice,
      readAs: data.readAs,
      readImagesAs: data.readImagesAs,
      changeImages: changes.noted(fixed.free(IMAGE_SETTINGS, images.changeImages)),
      showTable: images.showTable,
      showPictures: images.showPictures,
      inspectImage: images.inspectImage,
      measureImagePeers: images.measureImagePeers,
      cancelImagePeers: images.cancelImagePeers,
      drawSample: changes.noted(images.drawSample),
      watchEpoch: images.watchEpoch,
      computeImages: images.computeImages,
      cancelImages: images.cancelImages,
      planImageSweep: imageSweep.planImageSweep,
      runImageSweep: imageSweep.runImageSweep,
      pauseImageSweep: imageSweep.pauseImageSweep,
      resumeImageSweep: imageSweep.resumeImageSweep,
      cancelImageSweep: imageSweep.cancelImageSweep,
      clearImageSweep: imageSweep.clearImageSweep,
      planTraining: changes.noted(fixed.free(TRAINING_SETTINGS, training.planTraining)),
      wishBackend: training.wishBackend,
      probeBackend: training.probeBackend,
      startTraining: training.startTraining,
      playRun: training.playRun,
      pauseRun: training.pauseRun,
      stepRun: training.stepRun,
      rewindRun: training.rewindRun,
      reseedRun: training.reseedRun,
      cancelRun: training.cancelRun,
      deleteRun: training.deleteRun,
      selectRun: training.selectRun,
      exportModel: training.exportModel,
      evaluateModel: training.evaluateModel,
      cancelEvaluation: training.cancelEvaluation,
      planTrainingSweep: training.planTrainingSweep,
      runTrainingSweep: training.runTrainingSweep,
      keptRuns: training.keptRuns,
      async trainOn(datasetId, wanted) {
        const isOpen = () => get().kind === 'images' && get().images.dataset.value?.id === datasetId;
        const sample = sampleByDataset(datasetId);
        if (!isOpen() && sample !== undefined) await data.load({ kind: 'sample', id: sample.id });
        if (isOpen()) training.train(wanted);
      },
      holdTrainingSweep: training.holdTrainingSweep,
      resumeTrainingSweep: training.resumeTrainingSweep,
      cancelTrainingSweep: training.cancelTrainingSweep,
      loadShipped() {
        if (areShippedAsked) return;
        areShippedAsked = true;
        void services.shippedResults().then((shipped) => set({ shipped }));
      },
      exportImages: travel.exportImages,
      exportRandomSample: travel.exportRandomSample,
      change: changes.noted(fixed.free(TABLE_SETTINGS, data.change)),
      answerTarget: changes.noted((target) => {
        // A question that stands is answered whatever the link has fixed: it has left the answer open.
        if (get().asksTarget || !fixed.refuses(TABLE_SETTINGS, 'target')) data.answerTarget(target);
      }),
      askTarget() {
        if (!fixed.refuses(TABLE_SETTINGS, 'target')) data.askTarget();
      },
      keepTarget: data.keepTarget,
      acceptOther: data.acceptOther,
      forgetAwaited: data.forgetAwaited,
      link: data.link,
      undo: changes.undo,
      redo: changes.redo,
      goToStage: changes.goToStage,
      takePreset: changes.noted(({ table, images: ofImages, training: ofTraining }) => {
        if (get().kind === 'table') fixed.free(TABLE_SETTINGS, data.change)(table);
        else {
          fixed.free(IMAGE_SETTINGS, images.changeImages)(ofImages);
          fixed.free(TRAINING_SETTINGS, training.planTraining)(ofTraining);
        }
      }),
      pin: changes.pin,
      unpin: changes.unpin,
      inspect: archives.inspect,
      keepArchive: archives.keepArchive,
      deleteArchive: archives.deleteArchive,
      async deleteEverything() {
        await training.forgetAll();
        await archives.deleteEverything();
        await services.forgetEmbeds();
      },
      refreshArchives: archives.refreshArchives,
      followArchives: archives.followArchives,
      verifyArchive: travel.verifyArchive,
      cancelVerification: travel.cancelVerification,
      exportArchive: travel.exportArchive,
      importArchive: travel.importArchive,
      exportTable: travel.exportTable,
      exportSamples: travel.exportSamples,
      outlineSamples: outline.outlineSamples,
      writeSql: sql.writeSql,
      exportCoefficients: travel.exportCoefficients,
      exportPredictions: travel.exportPredictions,
      cancelTransfer: travel.cancelTransfer,
      measurePeers: peers.measurePeers,
      cancelPeers: peers.cancelPeers,
      ...pipeline.byHand,
      timeTraining: times.timeTraining,
      cancelTiming: times.cancelTiming,
      tryTrees: trees.tryTrees,
      cancelTrees: trees.cancelTrees,
      walkPictures: pictureWalk.walkPictures,
      cancelPictureWalk: pictureWalk.cancelPictureWalk,
      cancelLearn: pipeline.cancelLearn,
      computeFitted: fitted.computeFitted,
      cancelFitted: fitted.cancelFitted,
      drawLandscape: landscape.drawLandscape,
      cancelLandscape: landscape.cancelLandscape,
      watchScatter: scatter.watchScatter,
      changeScatter: scatter.changeScatter,
      retryScatter: scatter.retryScatter,
      walkThrough: walk.walkThrough,
      cancelWalk: walk.cancelWalk,
      noteScene: walk.noteScene,
      visit: visits.visit,
      showLessons: lessons.showLessons,
      openLesson: lessons.openLesson,
      findAnswer: answer.findAnswer,
      cancelAnswer: answer.cancelAnswer,
      waitWithAnswer: answer.waitWithAnswer,
      findRivals: answer.findRivals,
      cancelRivals: answer.cancelRivals,
      takeBeta(beta) {
        if (!fixed.refuses(TABLE_SETTINGS, 'beta')) answer.takeBeta(beta);
      },
      planSweep: sweep.planSweep,
      runSweep: sweep.runSweep,
      pauseSweep: sweep.pauseSweep,
      resumeSweep: sweep.resumeSweep,
      cancelSweep: sweep.cancelSweep,
      addContenders: sweep.addContenders,
      clearSweep: sweep.clearSweep,
      say: messages.say,
      dismiss: messages.dismiss,
      holdMessages: messages.holdMessages,
      retry: pipeline.compute,
      cancel: pipeline.cancel,
      startHeld() {
        (get().kind === 'images' ? images : pipeline).startHeld();
      },
      leaveHeld() {
        if (get().kind === 'images') set({ images: { ...get().images, held: [] } });
        else set({ held: [] });
      },
      pauseStation: (station) => pauseAt(get(), station),
      cancelStation: (station) => cancelAt(get(), station),
    };
  });

  store.subscribe((now, before) => {
    for (const part of follow) part(now, before);
  });
  return { store, start: (hash) => start(hash), settle: () => settle() };
}
