/**
 * Makes speech longer or shorter without changing its pitch, a pitch period at a time. Confined to one thread; allocates nothing per
 * call. No method takes or returns {@code null}.
 */
package io.earshot.dsp.stretch;
