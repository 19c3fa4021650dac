/** Saves something as a file, as if the user had followed a download link. */

/** Milliseconds until the blob's address is given up: long enough for the browser to have taken the bytes over. */
const REVOKE_MS = 60_000;

/**
 * @param type media type, "text/csv" or "application/octet-stream"
 */
export function download(
  fileName: string,
  content: string | Uint8Array<ArrayBuffer> | Blob,
  type: string,
): void {
  const blob = content instanceof Blob ? content : new Blob([content], { type });
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  document.body.append(link); // Firefox follows only links that are in the document.
  link.click();
  link.remove();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, REVOKE_MS);
}
