package io.earshot.api.codec;

/** Whether calls to telephone numbers go without wideband codecs, which the telephone network cannot carry and gateways only convert. */
public enum PhoneNumberCodecs {
    /** All codecs are offered to everybody. */
    ALL,
    /** The first call of a phone decides: if it goes to a telephone number, no call has wideband codecs from then on. */
    AS_FIRST_CALL,
    /** Calls to telephone numbers, of at least seven digits and nothing else, have narrowband codecs only. */
    NARROWBAND
}
