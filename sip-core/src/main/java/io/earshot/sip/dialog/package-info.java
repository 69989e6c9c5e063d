/** Dialogs (RFC 3261 §12): what two user agents keep about each other for the life of a call. No method takes or returns {@code null}. */
package io.earshot.sip.dialog;
