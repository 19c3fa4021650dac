import type { ImagePeerResult, ImagePeersReport } from '../../../contracts/images.ts';
import { Disclosure, type Option } from '../../../ui/controls/index.ts';
import { formatBytes, formatCount, formatPlural } from '../../../ui/format.ts';
import { decibelWords } from '../../../ui/pictures/words.ts';
import { AboutPeers, peerColumns, PeersFrame, type PeersTask } from '../PeersFrame.tsx';
import { PICTURE_RANKING, pictureVerdict, type PictureFigure } from './comparePictures.ts';

const ORDERS: Option<PictureFigure>[] = [
  { value: 'ratio', label: 'Size' },
  { value: 'pictureMicroseconds', label: 'One picture' },
  { value: 'encodeMegabytesPerSecond', label: 'Encoding' },
  { value: 'decodeMegabytesPerSecond', label: 'Decoding' },
];

const HEADERS = {
  ...{ label: 'Kept as', ratio: 'Of raw', one: 'One picture' },
  ...{ alone: 'A picture alone', exact: 'Comes back' },
};

/** The archive beside picture formats and general compressors on the same pictures: who wins what. */
export function ImagePeersPanel(props: PeersTask<ImagePeerResult, ImagePeersReport>) {
  const { task, rows } = props;
  const report = task.status === 'running' ? null : task.value;
  return (
    <PeersFrame<ImagePeerResult, PictureFigure, ImagePeersReport>
      {...props}
      title="Beside picture formats"
      caption={captionOf(report)}
      invitation="Deflate, PNG, WebP and JPEG XL without loss, QOI and zstd picture by picture, and gzip of everything, on the same training pictures: size, speed, and what one picture costs. Every result is decoded and compared pixel by pixel. It takes half a minute to a few minutes; the page stays usable meanwhile."
      tableCaption="The archive and its peers on the same training pictures"
      orders={ORDERS}
      ranking={PICTURE_RANKING}
      columns={peerColumns(rows, PICTURE_RANKING, HEADERS, 'pictureMicroseconds', comesBack)}
      verdict={pictureVerdict}
      limits={limitsOf(report)}
      explanation={<Explanation rows={rows} />}
    />
  );
}

function comesBack({ fidelity }: ImagePeerResult) {
  if (fidelity === null) return '–';
  if (fidelity.kind === 'exact') return 'every pixel';
  return <span className="nowrap">nearly: {decibelWords(fidelity.psnr)}</span>;
}

function captionOf(report: ImagePeersReport | null): string {
  if (report === null) return 'the same training pictures for all, measured here';
  const { measuredRecords, rawBytes, machine } = report;
  return `${formatPlural(measuredRecords, 'training picture')}: ${formatBytes(rawBytes)} of raw pixels; measured in ${machine}`;
}

/** What the numbers do not cover. */
function limitsOf(report: ImagePeersReport | null): string | null {
  if (report === null || report.measuredRecords >= report.trainRecords) return null;
  return `Measured on ${formatCount(report.measuredRecords)} of ${formatPlural(report.trainRecords, 'training picture')}, spread over the classes as in the set; the archive’s own row is of these pictures too.`;
}

function Explanation({ rows }: { rows: readonly ImagePeerResult[] }) {
  return (
    <Disclosure about="these numbers">
      <p>
        <strong>Encoding</strong> and <strong>decoding</strong> go from pixels in memory to bytes and back on
        one core, in megabytes of raw pixels a second. <strong>One picture</strong> is the usual time for a
        random picture’s pixels from bytes in memory: decoding as much as has to be decoded for it.{' '}
        <strong>Comes back</strong> says that every pixel was decoded and compared. Bold marks the best of a
        column among those that give back every pixel.
      </p>
      <p>
        What the archive gives instead of the smallest size: any subset of pictures is decoded directly, many
        at a time, from the few blocks that hold it.
      </p>
      <AboutPeers rows={rows} />
    </Disclosure>
  );
}
