/** Signal processing on 16 bit linear PCM: resampling, gain, mixing, tones, levels, DTMF, call progress, voice, time-stretching. */
module io.earshot.dsp {
    requires transitive io.earshot.api;

    exports io.earshot.dsp;
    exports io.earshot.dsp.dtmf;
    exports io.earshot.dsp.progress;
    exports io.earshot.dsp.stretch;
    exports io.earshot.dsp.voice;

    provides io.earshot.api.audio.spi.VoiceProcessorProvider with io.earshot.dsp.voice.SoftwareVoiceProcessorProvider;
}
