/**
 * What a codec plug-in implements. A provider sees only this module, exports nothing, and is found by {@link java.util.ServiceLoader}.
 * No method takes or returns {@code null}.
 */
package io.earshot.api.codec.spi;
