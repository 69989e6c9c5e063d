/** Monotonic time. Wall clock time is {@link java.time.InstantSource}, and only where a protocol prints a date. */
package io.earshot.api.time;
