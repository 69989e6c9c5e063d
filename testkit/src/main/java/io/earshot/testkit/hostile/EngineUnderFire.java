package io.earshot.testkit.hostile;

import io.earshot.api.Reliability;
import io.earshot.api.SessionTimers;
import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.ParseResult;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.ResponseBuilder;
import io.earshot.sip.message.SipLimits;
import io.earshot.sip.message.SipParser;
import io.earshot.sip.message.Uri;
import io.earshot.sip.sdp.SdpParser;
import io.earshot.sip.sdp.SdpResult;
import io.earshot.sip.sdp.SessionDescription;
import io.earshot.sip.ua.AccountId;
import io.earshot.sip.ua.AccountSettings;
import io.earshot.sip.ua.CallPolicy;
import io.earshot.sip.ua.EngineConfig;
import io.earshot.sip.ua.EngineOutput;
import io.earshot.sip.ua.EventBody;
import io.earshot.sip.ua.EventNews;
import io.earshot.sip.ua.InviteRequest;
import io.earshot.sip.ua.MessageRequest;
import io.earshot.sip.ua.PublicationId;
import io.earshot.sip.ua.ReferRequest;
import io.earshot.sip.ua.SessionId;
import io.earshot.sip.ua.SipEngine;
import io.earshot.sip.ua.SipEvent;
import io.earshot.sip.ua.SubscribeRequest;
import io.earshot.sip.ua.SubscriptionId;
import io.earshot.sip.ua.TransferEvent;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A SIP user agent on virtual time that broken messages are thrown at, while it registers, calls, subscribes and is called: what it sends
 * comes back changed, its requests are answered with whatever is legal or not, its user does anything at any time.
 */
public final class EngineUnderFire {
    private static final int SOURCES = 256;
    private static final int RECENT = 32;
    private static final int MOST_AT_ONCE = 64;
    private static final int[] STATUSES = {100, 180, 183, 199, 200, 202, 301, 302, 401, 404, 407, 408, 422, 423, 481, 486, 487, 489, 491,
        500, 503, 603};
    private static final String[] METHODS = {"ACK", "BYE", "INVITE", "UPDATE", "PRACK", "NOTIFY", "SUBSCRIBE", "REFER", "INFO", "MESSAGE",
        "CANCEL", "OPTIONS"};
    private static final InetSocketAddress HERE = at(2);
    private static final Uri PEER = Uri.parse("sip:peer@192.0.2.1");
    private static final MediaType PIDF = MediaType.of("application", "pidf+xml");

    private final SplittableRandom random;
    private final HostileMessages messages;
    private final SipParser parser = new SipParser(SipLimits.DEFAULT);
    private final SessionDescription sdp;
    private final SipEngine engine;
    private final AccountId account;
    private final Deque<EngineOutput.Transmit> recent = new ArrayDeque<>();
    private final Deque<Runnable> reactions = new ArrayDeque<>();
    private final Deque<Runnable> endings = new ArrayDeque<>();
    private final Counts count = new Counts();
    private long now;
    private Optional<SipEvent.InternalError> defect = Optional.empty();

    /** What was done so far. */
    private static final class Counts {
        private long received;
        private long sent;
        private long events;
    }

    /** Makes an engine with one account, and starts at time 0. */
    public EngineUnderFire(long seed) {
        random = new SplittableRandom(seed);
        messages = new HostileMessages(random.nextLong());
        sdp = ((SdpResult.Parsed) new SdpParser().parse(("v=0\r\no=- 1 1 IN IP4 192.0.2.2\r\ns=-\r\nc=IN IP4 192.0.2.2\r\nt=0 0\r\n"
            + "m=audio 4000 RTP/AVP 0\r\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII))).description();
        EngineConfig config = EngineConfig.builder().calls(new CallPolicy(Reliability.SUPPORTED, SessionTimers.DEFAULT)).build();
        engine = new SipEngine(config, IdSource.seeded(random.nextLong()), (protocol, peer) -> Optional.of(HERE));
        engine.watchers().serve("presence", PIDF);
        engine.messages().accepting(true);
        account = engine.addAccount(AccountSettings.builder(Uri.parse("sip:bob@192.0.2.2"))
            .registrar(Uri.parse("sip:192.0.2.1")).build(), now);
        engine.register(account, now);
        drain();
    }

    private static InetSocketAddress at(int lastByte) {
        return new InetSocketAddress(io.earshot.testkit.Addresses.of("192.0.2." + lastByte), 5060);
    }

    private static Flow flow(InetSocketAddress remote) {
        return new Flow("UDP", HERE, remote, 0);
    }

    /**
     * Throws the next message, and does what else may happen at the time.
     *
     * @throws IllegalStateException if the engine had to give an input up, which is a defect of the engine
     */
    public void step() {
        now += random.nextLong(random.nextInt(20) == 0 ? 2 * Ticker.SECOND : 100 * Ticker.MILLISECOND);
        int choice = random.nextInt(100);
        if (choice < 60 || recent.isEmpty()) {
            receive(flow(at(random.nextInt(SOURCES))), messages.next());
        } else if (choice < 92) {
            reflect();
        } else if (choice < 97) {
            command();
        } else {
            engine.onTime(now);
        }
        drain();
        defect.ifPresent(found -> {
            throw new IllegalStateException("the engine gave up on an input: " + found.where(), found.cause());
        });
    }

    /** Ends everything, and tells whether it came to an end within ten minutes of virtual time. */
    public boolean comesToRest() {
        engine.shutdown(now);
        for (long end = now + 600 * Ticker.SECOND; now < end && !engine.isIdle(); now += Ticker.SECOND) {
            engine.onTime(now);
            drain();
        }
        return engine.isIdle();
    }

    private void receive(Flow flow, byte[] bytes) {
        count.received++;
        engine.onReceived(flow, ByteBuffer.wrap(bytes), now);
    }

    // ---- what the network does with what the engine sends

    private void reflect() {
        EngineOutput.Transmit sent = recent.stream().skip(random.nextInt(recent.size())).findFirst().orElseThrow();
        if (!(parser.parse(sent.message()) instanceof ParseResult.Parsed parsed)) {
            return;
        }
        byte[] back = parsed.message() instanceof Request request ? answer(request) : within((Response) parsed.message());
        receive(flow(sent.peer()), random.nextInt(3) == 0 ? messages.mutate(back) : back);
    }

    private byte[] answer(Request request) {
        ResponseBuilder builder = Response.to(request, STATUSES[random.nextInt(STATUSES.length)]);
        if (request.to().tag().isEmpty()) {
            builder.set(HeaderName.TO, request.to().withTag("t" + random.nextInt(3)));
        }
        builder.set(HeaderName.CONTACT, "<sip:peer@192.0.2.1>").set(HeaderName.EXPIRES, Integer.toString(random.nextInt(1000)));
        if (random.nextInt(4) == 0) {
            builder.set(HeaderName.REQUIRE, "100rel").set(HeaderName.RSEQ, Integer.toString(1 + random.nextInt(9)));
        }
        builder.set(HeaderName.WWW_AUTHENTICATE, "Digest realm=\"r\", nonce=\"" + random.nextInt(4) + "\"");
        if (random.nextBoolean()) {
            builder.body(MediaType.APPLICATION_SDP, sdp.toString());
        }
        return builder.build().toBytes();
    }

    /** Makes a request in the dialog that a response of ours made. */
    private byte[] within(Response response) {
        String method = METHODS[random.nextInt(METHODS.length)];
        boolean same = method.equals("ACK") || method.equals("CANCEL");
        long sequence = response.cseq().number() + (same ? 0 : random.nextInt(5));
        String branch = method.equals("CANCEL") ? response.via().branch().orElse("x") : "z9hG4bK" + Long.toHexString(random.nextLong());
        return (method + " sip:bob@192.0.2.2 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=" + branch + "\r\nFrom: " + response.from()
            + "\r\nTo: " + response.to() + "\r\nCall-ID: " + response.callId() + "\r\nCSeq: " + sequence + " " + method
            + "\r\nContact: <sip:peer@192.0.2.1>\r\nSupported: 100rel, timer\r\nEvent: presence\r\nRefer-To: <sip:x@192.0.2.1>\r\n"
            + "RAck: " + response.value(HeaderName.RSEQ).orElse("1") + " " + response.cseq() + "\r\nContent-Length: 0\r\n\r\n")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    // ---- what the user does

    private void command() {
        switch (random.nextInt(9)) {
            case 0, 1 -> hangUpLater(engine.invite(account, InviteRequest.of(PEER, sdp), now));
            case 2 -> hangUpLater(engine.invite(account, InviteRequest.withoutOffer(PEER), now));
            case 3 -> engine.messages().send(account, PEER, MessageRequest.text("hello"), now);
            case 4 -> {
                SubscriptionId id = engine.subscriptions().subscribe(account, SubscribeRequest.of(PEER, "presence", PIDF), now);
                endings.add(() -> engine.subscriptions().unsubscribe(id, now));
            }
            case 5 -> engine.options(account, PEER, now);
            case 6 -> engine.transfers().refer(account, PEER, ReferRequest.to(Uri.parse("sip:c@192.0.2.1")), now);
            case 7 -> {
                PublicationId id = engine.publications().publish(account, "presence", PEER, 600, new EventBody(PIDF, "<x/>"), now);
                endings.add(() -> engine.publications().remove(id, now));
            }
            default -> engine.register(account, now);
        }
        while (endings.size() > MOST_AT_ONCE) {
            endings.remove().run();
        }
    }

    private void hangUpLater(SessionId call) {
        endings.add(() -> engine.hangup(call, now));
    }

    private void react(SipEvent event) {
        if (event instanceof SipEvent.IncomingCall call) {
            hangUpLater(call.session());
            choose(() -> engine.ring(call.session(), 180, Optional.of(sdp), now), () -> engine.answer(call.session(), sdp, now),
                () -> engine.reject(call.session(), 486, List.of(), now), () -> { });
        } else if (event instanceof SipEvent.OfferReceived offer) {
            choose(() -> engine.acceptOffer(offer.session(), sdp, now), () -> engine.rejectOffer(offer.session(), 488, now));
        } else if (event instanceof SipEvent.OfferRequested asked) {
            choose(() -> engine.acceptOffer(asked.session(), sdp, now));
        } else if (event instanceof SipEvent.Confirmed confirmed) {
            choose(() -> engine.reoffer(confirmed.session(), sdp, now), () -> engine.hangup(confirmed.session(), now),
                () -> engine.updates().refresh(confirmed.session(), now));
        } else if (event instanceof SipEvent.Answered answered) {
            choose(() -> engine.transfers().refer(answered.session(), ReferRequest.to(PEER), now),
                () -> engine.hangup(answered.session(), now), () -> engine.requestOffer(answered.session(), now));
        } else if (event instanceof EventNews.WatcherArrived watcher) {
            choose(() -> engine.watchers().accept(watcher.watcher(), new EventBody(PIDF, "<x/>"), now),
                () -> engine.watchers().reject(watcher.watcher(), now));
        } else if (event instanceof TransferEvent.Received transfer) {
            choose(() -> engine.transfers().accept(transfer.transfer(), now),
                () -> engine.transfers().reject(transfer.transfer(), 603, now));
        } else if (event instanceof SipEvent.InternalError found) {
            defect = defect.or(() -> Optional.of(found));
        }
    }

    private void choose(Runnable... choices) {
        reactions.add(choices[random.nextInt(choices.length)]);
    }

    private void drain() {
        for (EngineOutput next = engine.poll(); !(next instanceof EngineOutput.Wait) || !reactions.isEmpty(); next = engine.poll()) {
            if (next instanceof EngineOutput.Wait) {
                reactions.remove().run();
            } else if (next instanceof EngineOutput.Transmit transmit) {
                count.sent++;
                recent.add(transmit);
                if (recent.size() > RECENT) {
                    recent.remove();
                }
            } else if (next instanceof EngineOutput.Query query) {
                engine.onDnsAnswer(query.id(), new DnsAnswer.NoSuchName(), now);
            } else if (next instanceof EngineOutput.Event event) {
                count.events++;
                react(event.event());
            }
        }
    }

    /** Returns how much was received and sent, and what the engine holds. */
    @Override
    public String toString() {
        return count.received + " received, " + count.sent + " sent, " + count.events + " events in " + now / Ticker.SECOND
            + " s of virtual time; " + engine;
    }
}
