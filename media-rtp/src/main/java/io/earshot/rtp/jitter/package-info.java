/**
 * The jitter buffer: packets in, in whatever order and rhythm the network likes; packets out in order and in time. It measures the
 * variation of delay and trades delay against loss; it decodes nothing. Everything is confined to one thread and deterministic: the
 * same calls give the same verdicts. No method takes or returns {@code null}.
 */
package io.earshot.rtp.jitter;
