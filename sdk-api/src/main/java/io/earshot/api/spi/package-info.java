/** What an engine implements. Codec, transport, DNS and audio plug-ins have packages of their own beside this one. */
package io.earshot.api.spi;
