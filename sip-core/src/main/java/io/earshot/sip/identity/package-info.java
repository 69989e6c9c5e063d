/**
 * What the headers of a call say of who calls, on whose way, and why: RFC 3323, 3325, 3326, 5373, 5806, 7044, 7433 and the legacy headers
 * that servers send instead. Values are read from a message without ever throwing: what is malformed is as good as not there. No method
 * takes or returns {@code null}.
 */
package io.earshot.sip.identity;
