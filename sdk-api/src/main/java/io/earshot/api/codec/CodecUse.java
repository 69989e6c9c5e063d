package io.earshot.api.codec;

/** What a phone does with one codec. */
public enum CodecUse {
    /** It is neither offered nor accepted. */
    NEVER,
    /** It is accepted when the peer offers it, behind all that we offer ourselves, but never offered. */
    ACCEPT,
    /** It is offered, in the order of the codecs' own priorities. */
    OFFER,
    /** It is offered before all that are only {@link #OFFER}. */
    FIRST
}
