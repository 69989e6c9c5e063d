/**
 * Signal processing on 16 bit linear PCM.
 *
 * <p>Every object here belongs to one thread, the media loop of its call; none locks, blocks, reads a clock or does I/O. What is called per
 * frame does not allocate: the caller owns the arrays, and they may be reused as soon as the method returns. In-place use (the same array
 * and offset as input and output) is allowed only where a method says so. Audio is mono unless said otherwise; counts are samples.
 *
 * <p>Levels in dBFS are relative to a sine of full scale: that sine has an RMS level and a peak level of 0 dBFS. Digital silence has
 * {@link Decibels#SILENCE}.
 *
 * <p>No method takes or returns {@code null}. A bad argument is a programming error and throws an unchecked exception.
 */
package io.earshot.dsp;
