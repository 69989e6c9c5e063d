package io.earshot.sdk.internal.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.ServerPing;
import io.earshot.sip.message.Uri;
import io.earshot.sip.ua.Failure;
import io.earshot.testkit.net.VirtualLoop;
import io.earshot.testkit.net.VirtualNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a server is asked whether it is there, by what, and what its answers mean. */
class ServerWatchTest {
    private static final ServerPing PING = ServerPing.of(ServerPing.Method.NOTIFY, Duration.ofSeconds(28))
            .withConnectionInterval(Duration.ofSeconds(600));

    private final VirtualNetwork network = VirtualNetwork.seeded(9);
    private final VirtualLoop loop = network.host("us", "10.0.0.1").loop();
    /** The second and the method of each request. */
    private final List<String> asked = new ArrayList<>();
    private final List<Consumer<Optional<Failure>>> open = new ArrayList<>();
    private boolean registered = true;
    private boolean closed;
    private boolean patient;
    private Optional<Failure> outcome = Optional.empty();
    private int lost;
    private final ServerWatch watch = new ServerWatch(loop, new ServerWatch.Line() {
        @Override
        public boolean isOpen() {
            return !closed;
        }

        @Override
        public boolean isRegistered() {
            return registered;
        }

        @Override
        public void ask(ServerPing.Method method, Consumer<Optional<Failure>> then) {
            asked.add(loop.now() / 1_000_000_000L + " " + method);
            open.add(then);
            if (!patient) {
                then.accept(outcome);
            }
        }

        @Override
        public void lost() {
            lost++;
        }
    });

    private List<String> during(int seconds) {
        asked.clear();
        network.runFor(Duration.ofSeconds(seconds));
        return List.copyOf(asked);
    }

    @Test
    void theIntervalIsThatOfTheTransportOfTheRegistration() {
        watch.set(PING);
        assertEquals(List.of("28 NOTIFY", "56 NOTIFY"), during(60));
        watch.registered(Uri.parse("sip:me@10.0.0.1;transport=TCP"));
        assertEquals(List.of("660 NOTIFY", "1260 NOTIFY"), during(1240));
        watch.registered(Uri.parse("sip:me@10.0.0.1;transport=tls"));
        assertEquals(List.of("1860 NOTIFY"), during(700), "as before: no news");
        watch.registered(Uri.parse("sip:me@10.0.0.1"));
        assertEquals(List.of("2028 NOTIFY", "2056 NOTIFY"), during(60));
    }

    @ParameterizedTest
    @CsvSource({"sip:me@10.0.0.1, 21", "sip:me@10.0.0.1;transport=udp, 21", "sip:me@x.invalid;transport=ws, 21", "sips:me@10.0.0.1, 1",
        "sip:me@10.0.0.1;transport=tcp, 1", "tel:+123, 21"})
    void webSocketsCountAsUdpDoes(String contact, int times) {
        watch.registered(Uri.parse(contact));
        watch.set(PING);
        assertEquals(times, during(600).size());
    }

    @Test
    void whoIsNotRegisteredAsksNothingYet() {
        registered = false;
        watch.set(PING);
        assertEquals(List.of(), during(60));
        registered = true;
        assertEquals(List.of("84 NOTIFY"), during(50));
    }

    @Test
    void refusalsAreAnswersAndSilenceIsLoss() {
        watch.set(ServerPing.of(ServerPing.Method.OPTIONS, Duration.ofSeconds(10)));
        outcome = Optional.of(new Failure.AuthenticationFailed(407, "x", "The password is wrong."));
        assertEquals(List.of("10 OPTIONS"), during(15));
        outcome = Optional.of(new Failure.Rejected(489, "Bad Event", OptionalLong.empty(), Optional.empty()));
        assertEquals(List.of("20 OPTIONS"), during(10));
        outcome = Optional.of(new Failure.Redirected(302, List.of()));
        assertEquals(List.of("30 OPTIONS"), during(10));
        assertEquals(0, lost);
        outcome = Optional.of(new Failure.TimedOut("nobody"));
        assertEquals(List.of("40 OPTIONS"), during(10));
        assertEquals(1, lost);
    }

    @Test
    void oneIsOutAtATimeAndWhatIsLateAfterAChangeCountsForNothing() {
        patient = true;
        watch.set(ServerPing.of(ServerPing.Method.OPTIONS, Duration.ofSeconds(10)));
        assertEquals(List.of("10 OPTIONS"), during(35));
        watch.set(ServerPing.of(ServerPing.Method.NOTIFY, Duration.ofSeconds(20)));
        open.get(0).accept(Optional.of(new Failure.TimedOut("late")));
        assertEquals(0, lost);
        assertEquals(List.of("55 NOTIFY"), during(100));
    }

    @Test
    void neverIsNeverAndAClosedAccountAsksNoMore() {
        watch.set(PING);
        watch.set(ServerPing.NEVER);
        assertEquals(List.of(), during(100));
        watch.set(PING);
        closed = true;
        assertEquals(List.of(), during(100));
    }
}
