package io.earshot.api.codec.spi;

/** How much of a processor a codec takes, roughly: encoding and decoding 20 ms on one core of a usual server. Least first. */
public enum CodecCost {
    /** Next to nothing: a few microseconds, as G.711's tables and linear samples. */
    LIGHT,
    /** Some ten microseconds, as G.722 and GSM. */
    MODERATE,
    /** More: codecs that search for what the decoder would make of it, as G.729, iLBC, Speex and Opus. */
    HEAVY
}
