/**
 * DTMF in the voice band (ITU-T Q.23, Q.24): {@link io.earshot.dsp.dtmf.DtmfGenerator} makes it,
 * {@link io.earshot.dsp.dtmf.DtmfDetector} hears it. Threads, arrays and levels as in {@link io.earshot.dsp}.
 */
package io.earshot.dsp.dtmf;
