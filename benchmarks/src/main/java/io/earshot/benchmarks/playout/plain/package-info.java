/** The plain receive path that Earshot had at first: whole packets are skipped or made up to correct the delay. Kept to measure against. */
package io.earshot.benchmarks.playout.plain;
