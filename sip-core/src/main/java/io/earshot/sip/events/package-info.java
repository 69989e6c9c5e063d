/**
 * The documents of the SIP event packages, read and written: presence (RFC 3863, 4480), watchers (RFC 3858), dialogs (RFC 4235), voice
 * mail (RFC 3842) and registrations (RFC 3680). Pure values: how they travel is the matter of {@code io.earshot.sip.ua}. Reading never
 * throws, whatever the text. No method takes or returns {@code null}.
 */
package io.earshot.sip.events;
