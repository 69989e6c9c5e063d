/** What a sound system plug-in implements. No method takes or returns {@code null}. */
package io.earshot.api.audio.spi;
