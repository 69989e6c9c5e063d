package io.earshot.srtp;

/** A master key with what was derived from it and how much it has protected. */
final class KeySlot {
    /** RFC 3711 §9.2: RTCP indices have 31 bits. */
    static final long MAX_RTCP = 1L << 31;

    private final SrtpParameters parameters;
    private final SrtpMasterKey master;
    private final KeyDerivation derivation;
    private final Derived rtp = new Derived(true);
    private final Derived rtcp = new Derived(false);
    private long rtpPackets;
    private long rtcpPackets;

    KeySlot(SrtpParameters parameters, SrtpMasterKey master) {
        master.check(parameters.suite());
        this.parameters = parameters;
        this.master = master;
        derivation = new KeyDerivation(master.key(), master.salt());
    }

    SrtpMasterKey master() {
        return master;
    }

    Protection rtp(long index) {
        return rtp.at(index);
    }

    Protection rtcp(long index) {
        return rtcp.at(index);
    }

    boolean rtpExpired() {
        return rtpPackets >= parameters.lifetime();
    }

    boolean rtcpExpired() {
        return rtcpPackets >= Math.min(parameters.lifetime(), MAX_RTCP);
    }

    void rtpUsed() {
        rtpPackets++;
    }

    void rtcpUsed() {
        rtcpPackets++;
    }

    /** The session keys of this derivation rate and of the one before, as packets of both arrive around the change. */
    private final class Derived {
        private final boolean forRtp;
        private Protection newest;
        private Protection other;
        private long newestRate = -1;
        private long otherRate = -1;

        Derived(boolean forRtp) {
            this.forRtp = forRtp;
        }

        Protection at(long index) {
            long rate = parameters.derivationRateBits() == 0 ? 0 : index >>> parameters.derivationRateBits();
            if (rate == newestRate) {
                return newest;
            }
            if (rate == otherRate) {
                return other;
            }
            SrtpSuite suite = parameters.suite();
            Protection made = Protection.of(parameters,
                forRtp ? SessionKeys.rtp(derivation, suite, rate) : SessionKeys.rtcp(derivation, suite, rate),
                !forRtp || parameters.derivationRateBits() > 0); // keys that change all the time are not worth large tables
            if (rate > newestRate) {
                other = newest;
                otherRate = newestRate;
                newest = made;
                newestRate = rate;
            } else {
                other = made;
                otherRate = rate;
            }
            return made;
        }
    }
}
