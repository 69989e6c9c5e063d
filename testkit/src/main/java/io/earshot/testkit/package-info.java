/**
 * Virtual time, and the record of what a simulation did. No method takes or returns {@code null}. Nothing here is safe for use by
 * several threads unless it says so: a simulation runs on the test's own thread.
 */
package io.earshot.testkit;
