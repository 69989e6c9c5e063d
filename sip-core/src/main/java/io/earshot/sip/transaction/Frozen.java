package io.earshot.sip.transaction;

import io.earshot.sip.message.ParseResult;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipLimits;
import io.earshot.sip.message.SipParser;

/**
 * A response that was sent and will most likely never be wanted again: its bytes alone, a fraction of what the message itself takes. Half a
 * minute's worth of them is always there.
 */
final class Frozen {
    private final byte[] wire;

    private Frozen(byte[] wire) {
        this.wire = wire;
    }

    static Frozen of(Response response) {
        return new Frozen(response.toBytes());
    }

    /** Returns the message; it says the same. */
    Response thaw() {
        ParseResult read = new SipParser(SipLimits.DEFAULT).parse(wire);
        if (read instanceof ParseResult.Parsed parsed && parsed.message() instanceof Response response) {
            return response;
        }
        throw new IllegalStateException("what we wrote cannot be read");
    }
}
