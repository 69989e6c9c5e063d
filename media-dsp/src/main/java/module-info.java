/** Signal processing on 16 bit linear PCM: resampling, gain, mixing, tones, levels. */
module io.earshot.dsp {
    requires io.earshot.api;

    exports io.earshot.dsp;
}
