/** What a plug-in for sound systems or voice processing implements. No method takes or returns {@code null}. */
package io.earshot.api.audio.spi;
