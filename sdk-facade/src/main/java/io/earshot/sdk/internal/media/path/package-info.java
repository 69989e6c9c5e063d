/** What stands between the sockets of a call and its stream: telling packets apart (RFC 7983), and encryption. */
package io.earshot.sdk.internal.media.path;
