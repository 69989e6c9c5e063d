/**
 * Digest access authentication for SIP (RFC 3261 §22, RFC 7616, RFC 8760), both ends of it. Header values go in and come out as text; the
 * messages themselves are somebody else's.
 *
 * <p>Secrets never appear in {@code toString}, in verdicts, or in exceptions. {@link io.earshot.sip.auth.DigestClient} and
 * {@link io.earshot.sip.auth.DigestServer} are each confined to one thread; everything else is immutable. No method takes or returns
 * {@code null}, none throws on what a peer sent.
 */
package io.earshot.sip.auth;
