package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Reliability;
import io.earshot.api.SessionTimers;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.ResponseBuilder;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.sdp.SdpWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the network says of sound before the answer. */
@Tag("rfc5009")
class EarlyMediaHeaderTest {
    private static final EngineConfig HEEDS = heeding(Reliability.NEVER);

    private final Lan lan = new Lan(29);
    private final Script network = lan.script("network", "10.0.0.50");

    private static EngineConfig heeding(Reliability reliability) {
        return EngineConfig.builder().calls(new CallPolicy(reliability, SessionTimers.OFF, true)).build();
    }

    private Request calledBy(Phone alice) {
        alice.call(network);
        lan.runFor(SECOND / 10);
        return network.requests(SipMethod.INVITE).get(0);
    }

    private void progress(Request invite, String tag, String permission, boolean sdp) {
        ResponseBuilder builder = network.reply(invite, 183, tag);
        if (!permission.isEmpty()) {
            builder.set(HeaderName.P_EARLY_MEDIA, permission);
        }
        if (sdp) {
            builder.body(MediaType.APPLICATION_SDP, SdpWriter.write(Phone.sdp("sdp-" + tag)));
        }
        network.send(builder.build());
        lan.runFor(SECOND / 10);
    }

    private static List<String> heard(Phone phone) {
        return phone.all(SipEvent.Progress.class).stream()
            .map(progress -> progress.earlySdp().map(Phone::mark).orElse("-")).toList();
    }

    @ParameterizedTest
    @CsvSource({"'', true", "sendrecv, true", "sendonly, true", "'Sendonly, gated', true", "inactive, false", "recvonly, false",
        "'gated,inactive', false", "gated, true", "what-is-this, true"})
    void soundIsHeardUnlessTheNetworkForbidsIt(String permission, boolean heard) {
        Phone alice = lan.phone("alice", "10.0.0.1", HEEDS);
        Request invite = calledBy(alice);
        assertEquals(Optional.of("supported"), invite.value(HeaderName.P_EARLY_MEDIA));
        progress(invite, "one", permission, true);
        assertEquals(List.of(heard ? "sdp-one" : "-"), heard(alice));
    }

    @Test
    void whatWasForbiddenIsHeardOnceItIsAuthorizedEachForkForItself() {
        Phone alice = lan.phone("alice", "10.0.0.1", HEEDS);
        Request invite = calledBy(alice);
        progress(invite, "one", "inactive", true);
        progress(invite, "two", "", true);
        progress(invite, "one", "", true);
        progress(invite, "one", "sendrecv", false);
        progress(invite, "one", "sendrecv", false);
        assertEquals(List.of("-", "sdp-two", "-", "sdp-one", "-"), heard(alice));
    }

    @Test
    void whoTrustsNobodyHearsEverything() {
        Phone alice = lan.phone("alice", "10.0.0.1");
        Request invite = calledBy(alice);
        assertTrue(invite.value(HeaderName.P_EARLY_MEDIA).isEmpty());
        progress(invite, "one", "inactive", true);
        assertEquals(List.of("sdp-one"), heard(alice));
    }

    @ParameterizedTest
    @EnumSource(value = Reliability.class, names = {"NEVER", "SUPPORTED"})
    void whoSpeaksBeforeTheAnswerAsksForPermission(Reliability reliability) {
        Phone bob = lan.phone("bob", "10.0.0.2", heeding(reliability));
        Phone alice = lan.phone("alice", "10.0.0.1", heeding(reliability));
        alice.call(bob);
        lan.runFor(SECOND / 10);
        bob.engine.ring(bob.incoming(), 180, Optional.empty(), lan.now);
        bob.engine.ring(bob.incoming(), 183, Optional.of(Phone.sdp("hark")), lan.now);
        lan.runFor(SECOND / 2);
        assertEquals(List.of("- ", "hark sendrecv"), alice.all(SipEvent.Progress.class).stream()
            .map(progress -> progress.earlySdp().map(Phone::mark).orElse("-") + " "
                + progress.response().value(HeaderName.P_EARLY_MEDIA).orElse("")).toList());
    }
}
