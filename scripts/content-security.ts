// The one place that says what the page and its workers may load. The page takes it from a <meta> of the
// production build and from the response header; a worker takes it from the header of its own response.
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  // The preview of a link in the Share dialog.
  "frame-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "img-src 'self' blob: data:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/**
 * Any page may frame the lab: whether it is to be an embed stands in the hash, which no server sees, so that the page
 * decides what it shows there (src/platform/framing.ts). `frame-ancestors` has no effect in a <meta>.
 */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': `${CONTENT_SECURITY_POLICY}; frame-ancestors *`,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};
