package io.earshot.rtp.session;

/** The payload types that we told the peer it may send, with the clock rate of each. Immutable. */
public final class PayloadTypes {
    private static final int COUNT = 128;

    private final int[] clockRates;

    private PayloadTypes(int[] clockRates) {
        this.clockRates = clockRates;
    }

    /** Returns a map without any payload type. */
    public static PayloadTypes none() {
        return new PayloadTypes(new int[COUNT]);
    }

    /**
     * Returns this map with one payload type more.
     *
     * @param payloadType 0 to 127, but not 64 to 95, which RTCP multiplexing claims (RFC 5761 §4)
     * @param clockRate timestamp ticks per second
     */
    public PayloadTypes with(int payloadType, int clockRate) {
        if (payloadType < 0 || payloadType >= COUNT || payloadType >= 64 && payloadType <= 95 || clockRate <= 0) {
            throw new IllegalArgumentException("payload type " + payloadType + " at " + clockRate + " Hz cannot be used");
        }
        int[] rates = clockRates.clone();
        rates[payloadType] = clockRate;
        return new PayloadTypes(rates);
    }

    /** Returns the clock rate of a payload type, 0 if it is not in the map. */
    public int clockRate(int payloadType) {
        return clockRates[payloadType & COUNT - 1];
    }

    /** Returns the highest dynamic payload type that is not in the map, for packets that the peer is to ignore. */
    public int unused() {
        for (int type = COUNT - 1; type >= 96; type--) {
            if (clockRates[type] == 0) {
                return type;
            }
        }
        throw new IllegalStateException("all dynamic payload types are taken");
    }
}
