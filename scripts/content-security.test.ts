import { describe, expect, it } from 'vitest';
import { CONTENT_SECURITY_POLICY, SECURITY_HEADERS } from './content-security.ts';

describe('the content security policy', () => {
  it('starts from nothing and names no remote host', () => {
    expect(CONTENT_SECURITY_POLICY.startsWith("default-src 'none'; ")).toBe(true);
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/https?:|\*|'unsafe-inline'|'unsafe-eval'/);
  });

  it('says the same in the header as in the page, plus that any page may frame it', () => {
    expect(SECURITY_HEADERS['Content-Security-Policy']).toBe(`${CONTENT_SECURITY_POLICY}; frame-ancestors *`);
  });
});
