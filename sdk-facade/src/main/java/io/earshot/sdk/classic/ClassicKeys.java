package io.earshot.sdk.classic;

import io.earshot.api.CallEvent;
import io.earshot.api.DtmfMethod;
import io.earshot.api.DtmfOptions;

/** What classic parameters say about keys. */
final class ClassicKeys {
    private ClassicKeys() {
    }

    static DtmfOptions options(ClassicParameters from) {
        DtmfMethod method = switch ((int) from.number("dtmfmode")) {
            case 1 -> DtmfMethod.INFO_RELAY;
            case 3 -> DtmfMethod.INFO_AND_RTP;
            case 4 -> DtmfMethod.RTP;
            case 5 -> DtmfMethod.IN_BAND;
            case 6 -> DtmfMethod.INFO_AND_IN_BAND;
            default -> DtmfMethod.AUTO;
        };
        return DtmfOptions.DEFAULT.withMethod(method).withEarly(from.number("sendearlydtmf") > 0);
    }

    /** Returns the text of the notification. */
    static String fallBack(CallEvent.DtmfFellBack event) {
        return "failback to " + switch (event.to()) {
            case RTP -> "rfc2833";
            case IN_BAND -> "in-band";
            default -> "INFO";
        };
    }
}
