import { useMemo } from 'react';
import { download } from '../../platform/download.ts';
import { fileStem } from '../../stations/fileStem.ts';
import { Button, DownloadIcon, Notice } from '../../ui/controls/index.ts';
import { formatCount } from '../../ui/format.ts';
import { MOST_QR_BYTES, qrCodeOf, qrPng, qrSvg } from './qr.ts';

interface ShareCodeProps {
  address: string;
  /** What the files are called after. */
  name: string;
}

/** The link for the wall: students point their phones at it. */
export function ShareCode({ address, name }: ShareCodeProps) {
  const code = useMemo(() => qrCodeOf(address), [address]);
  if (code === null) {
    return (
      <Notice>
        <p>
          This link has {formatCount(address.length)} characters. Phones read a QR code off a wall up to about{' '}
          {formatCount(MOST_QR_BYTES)}.
        </p>
        <p>Copy the link instead, or go back to the usual settings where you can: only others are in it.</p>
      </Notice>
    );
  }
  const { size, path } = code;
  const file = `${fileStem(name)}-link`;
  return (
    <div className="share-code">
      <svg
        className="keeps-colour"
        viewBox={`0 0 ${size} ${size}`}
        role="img"
        aria-label="QR code of the link"
        shapeRendering="crispEdges"
      >
        <rect className="share-code-light" width={size} height={size} />
        <path className="share-code-dark" d={path} />
      </svg>
      <div className="share-code-files">
        <Button icon={<DownloadIcon />} onPress={() => download(`${file}.svg`, qrSvg(code), 'image/svg+xml')}>
          SVG
        </Button>
        <Button
          icon={<DownloadIcon />}
          onPress={() =>
            void qrPng(code).then((png) => {
              if (png !== null) download(`${file}.png`, png, 'image/png');
            })
          }
        >
          PNG
        </Button>
      </div>
    </div>
  );
}
