package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.MILLISECOND;

import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.auth.Credentials;
import io.earshot.sip.message.Uri;
import io.earshot.sip.sdp.SdpParser;
import io.earshot.sip.sdp.SdpResult;
import io.earshot.sip.sdp.SessionDescription;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** An engine on a {@link Lan}, whose events are kept, written into the transcript and handed to what the test wants done. */
final class Phone implements Lan.Node {
    final Lan lan;
    final String name;
    final InetSocketAddress address;
    final SipEngine engine;
    final AccountId account;
    final List<SipEvent> events = new ArrayList<>();
    Consumer<SipEvent> onEvent = event -> { };
    int sentDatagrams;
    int keepAlives;
    /** Whatever is sent that has no letters in it. */
    final List<String> blanks = new ArrayList<>();
    private long deadline = Long.MAX_VALUE;

    Phone(Lan lan, String name, InetSocketAddress address, EngineConfig config) {
        this.lan = lan;
        this.name = name;
        this.address = address;
        this.engine = new SipEngine(config, lan.newIds(), (protocol, peer) -> Optional.of(address));
        this.account = engine.addAccount(AccountSettings.builder(Uri.parse("sip:" + name + "@example.org")).build(), 0);
    }

    static SessionDescription sdp(String mark) {
        String text = "v=0\r\no=" + mark + " 1 1 IN IP4 10.0.0.9\r\ns=-\r\nc=IN IP4 10.0.0.9\r\nt=0 0\r\n"
            + "m=audio 4000 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n";
        SdpResult result = new SdpParser().parse(text.getBytes(StandardCharsets.UTF_8));
        return ((SdpResult.Parsed) result).description();
    }

    static String mark(SessionDescription description) {
        return description.origin().username();
    }

    Uri uri() {
        return Uri.parse("sip:" + name + "@" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    SessionId call(Phone other) {
        return engine.invite(account, InviteRequest.of(other.uri(), sdp("offer-" + name)), lan.now);
    }

    SessionId call(Script other) {
        return engine.invite(account, InviteRequest.of(other.uri(), sdp("offer-" + name)), lan.now);
    }

    /** Adds an account at this registrar. */
    AccountId at(Registrar registrar, String password, long expires) {
        return engine.addAccount(AccountSettings.builder(Uri.parse("sip:" + name + "@example.org"))
            .registrar(Uri.parse("sip:" + registrar.script.address.getAddress().getHostAddress()))
            .credentials(Credentials.password(name, password))
            .expiresSeconds(expires).build(), lan.now);
    }

    RegistrationState registration() {
        return last(SipEvent.RegistrationChanged.class).state();
    }

    /** Answers each call after ringing. */
    Phone answering(long ringMillis) {
        onEvent = event -> {
            if (event instanceof SipEvent.IncomingCall call) {
                engine.ring(call.session(), 180, Optional.empty(), lan.now);
                lan.after(ringMillis * MILLISECOND, () -> engine.answer(call.session(), sdp("answer-" + name), lan.now));
            } else if (event instanceof SipEvent.OfferReceived offer) {
                engine.acceptOffer(offer.session(), sdp("answer-" + name), lan.now);
            } else if (event instanceof SipEvent.OfferRequested asked) {
                engine.acceptOffer(asked.session(), sdp("offer-" + name), lan.now);
            }
        };
        return this;
    }

    <T extends SipEvent> List<T> all(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T extends SipEvent> T last(Class<T> type) {
        List<T> found = all(type);
        if (found.isEmpty()) {
            throw new AssertionError(name + " has no " + type.getSimpleName() + " in " + lan.transcript);
        }
        return found.get(found.size() - 1);
    }

    EndCause ended() {
        List<SipEvent.Ended> found = all(SipEvent.Ended.class);
        if (found.size() != 1) {
            throw new AssertionError(name + " has " + found.size() + " Ended events in " + lan.transcript);
        }
        return found.get(0).cause();
    }

    /** The session of the last call that came in. */
    SessionId incoming() {
        return last(SipEvent.IncomingCall.class).session();
    }

    @Override
    public void receive(Flow flow, byte[] message, long now) {
        engine.onReceived(flow, ByteBuffer.wrap(message), now);
        drain();
    }

    @Override
    public void refused(InetSocketAddress peer, long now) {
        engine.onSendFailed("UDP", peer, "connection refused", now);
    }

    @Override
    public long turn(long now) {
        drain();
        if (now >= deadline) {
            engine.onTime(now);
            drain();
        }
        return deadline;
    }

    void drain() {
        for (EngineOutput next = engine.poll(); ; next = engine.poll()) {
            if (next instanceof EngineOutput.Wait wait) {
                deadline = wait.deadline();
                return;
            }
            take(next);
        }
    }

    private void take(EngineOutput next) {
        if (next instanceof EngineOutput.Transmit transmit) {
            sentDatagrams++;
            String text = new String(transmit.message(), java.nio.charset.StandardCharsets.ISO_8859_1);
            if (text.isBlank()) {
                blanks.add(text);
            }
            keepAlives += transmit.message().length == 4 ? 1 : 0;
            lan.log(name + " > " + lan.names.getOrDefault(transmit.peer(), transmit.peer().toString()) + " " + brief(transmit.message()));
            lan.send(address, transmit.peer(), transmit.message());
        } else if (next instanceof EngineOutput.Query query) {
            lan.after(10 * MILLISECOND, () -> engine.onDnsAnswer(query.id(), lan.dns.apply(query.name(), query.type()), lan.now));
        } else if (next instanceof EngineOutput.Event told) {
            events.add(told.event());
            if (!(told.event() instanceof SipEvent.Heard)) {
                lan.log(name + " ! " + describe(told.event()));
            }
            onEvent.accept(told.event());
        }
    }

    static String brief(byte[] message) {
        String text = new String(message, StandardCharsets.UTF_8);
        String[] words = text.split("\r\n", 2)[0].split(" ");
        if (words.length < 3) {
            return "ping";
        }
        int at = text.indexOf("\r\nCSeq: ");
        String method = at < 0 ? "?" : text.substring(at + 8, text.indexOf("\r\n", at + 8)).split(" ")[1];
        return words[0].startsWith("SIP/") ? words[1] + " " + method : words[0];
    }

    private static String describe(SipEvent event) {
        if (event instanceof SipEvent.Ended ended) {
            return "Ended " + ended.cause().getClass().getSimpleName();
        }
        if (event instanceof SipEvent.InternalError defect) {
            throw new AssertionError("defect in the engine: " + defect.where(), defect.cause());
        }
        if (event instanceof SipEvent.RegistrationChanged changed) {
            return changed.state().getClass().getSimpleName();
        }
        if (event instanceof SipEvent.Progress progress) {
            return "Progress " + progress.status() + progress.earlySdp().map(sdp -> " " + mark(sdp)).orElse("");
        }
        if (event instanceof SipEvent.Answered answered) {
            return "Answered" + answered.remote().map(sdp -> " " + mark(sdp)).orElse("");
        }
        if (event instanceof SipEvent.OfferReceived offered) {
            return "OfferReceived " + mark(offered.offer());
        }
        if (event instanceof SipEvent.AnswerReceived answered) {
            return "AnswerReceived " + mark(answered.answer());
        }
        return event.getClass().getSimpleName();
    }
}
