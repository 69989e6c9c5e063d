/**
 * What calls say beside their sound, and the rules they are made and taken by. Immutable values; none takes or returns {@code null}.
 */
package io.earshot.api.calls;
