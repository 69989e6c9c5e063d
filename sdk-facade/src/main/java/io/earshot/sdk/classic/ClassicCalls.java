package io.earshot.sdk.classic;

import io.earshot.api.Call;
import io.earshot.api.CallOptions;
import io.earshot.api.IncomingCall;
import io.earshot.api.calls.CallReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The functions that make and steer calls. Safe for use by any thread; {@code true} means that it has begun. Lines: -1 the current one, -2
 * all.
 */
public final class ClassicCalls {
    private static final int VOICE = 0;

    private final ClassicPhone phone;
    private final ClassicLines lines;
    private final ClassicTransfers transfers;
    private final ClassicConference conference;
    private final ClassicHolding holding;
    private final ClassicAnswering answering;
    /** SIP headers of every call. */
    private final Map<String, String> extra = new ConcurrentHashMap<>();

    ClassicCalls(ClassicPhone phone, ClassicLines lines, ClassicTransfers transfers, ClassicConference conference,
            ClassicHolding holding) {
        this.phone = phone;
        this.lines = lines;
        this.transfers = transfers;
        this.conference = conference;
        this.holding = holding;
        this.answering = new ClassicAnswering(phone);
    }

    /**
     * Calls somebody.
     *
     * @param line -1 for the best
     * @param peer a number, user or address; empty calls the last one again
     */
    public boolean call(int line, String peer) {
        phone.send(Notification.status("Starting call to " + peer));
        phone.send(Notification.event("EVENT", "call [wpmain]"));
        return phone.with(on -> {
            Call call = peer.isBlank() ? on.account().get().redial()
                    : on.account().get().dial(phone.texts().callee(phone.parts().people().number(peer)), options());
            phone.send(Notification.status("Call"));
            phone.send(Notification.status("Call Initiated"));
            lines.adopt(line, call, Optional.empty());
        });
    }

    /** Calls somebody; there are only voice calls here (B-085). */
    boolean call(int line, String peer, int type) {
        return type == VOICE ? call(line, peer) : noVideo();
    }

    boolean noVideo() {
        phone.send(Notification.event("ERROR", "There is no video in this version; use call type 0, voice."));
        return false;
    }

    /** Ends calls; where the line has none, the only call there is (B-027). */
    public boolean hangup(int line) {
        phone.send(Notification.status("Hangup"));
        lines.find(line).filter(one -> one.call().state() == Call.State.ESTABLISHED)
                .ifPresent(one -> phone.send(Notification.status("Speaking (" + one.seconds() + " sec)")));
        phone.send(Notification.event("EVENT", "hangup [wpmain]"));
        return lines.each(meant(line), this::end);
    }

    /** Ends calls as {@link #hangup(int)} does and tells peers why. */
    public boolean hangup(int line, String reason) {
        // An example of the documentation passes a boolean here, which is no reason.
        boolean none = reason.isBlank() || reason.equals("true") || reason.equals("false");
        return none ? hangup(line) : lines.each(meant(line), one -> one.call().hangup(new CallReason("SIP", 0, reason)));
    }

    private int meant(int line) {
        List<Integer> calls = lines.numbers();
        return line > 0 && calls.size() == 1 && !calls.contains(line) ? calls.get(0) : line;
    }

    private void end(ClassicLine line) {
        line.hungUp();
        if (line.incoming().isPresent() && line.call().state() == Call.State.RINGING) {
            line.because("notaccepted");
        }
        if (!transfers.onHangup(line)) {
            line.call().hangup();
        }
    }

    /** Answers a call that rings here. */
    public boolean accept(int line) {
        phone.send(Notification.status("Accept"));
        return lines.each(lines.ringing(line), one -> answering.accept(one, incoming(one)));
    }

    /** Refuses a call that rings here. */
    public boolean reject(int line) {
        return lines.each(lines.ringing(line), one -> {
            one.because("rejected");
            incoming(one).reject(answering.refusal());
        });
    }

    private static IncomingCall incoming(ClassicLine line) {
        return line.incoming().filter(call -> line.call().state() == Call.State.RINGING).orElseThrow(() ->
                new IllegalStateException("No call rings on line " + line.number() + "."));
    }

    /** Sends a call that rings here elsewhere. */
    public boolean forward(int line, String peer) {
        return lines.each(lines.ringing(line), one -> {
            one.because("forward");
            transfers.forward(one, peer);
        });
    }

    void onIncoming(IncomingCall incoming) {
        ClassicLine line = lines.adopt(ClassicPhone.CURRENT, incoming.call(), Optional.of(incoming));
        answering.begin(line, incoming);
        if (phone.config().calls().autoAccept()) {
            phone.guard(() -> line.incoming().ifPresent(call -> call.answerAsync(phone.config().calls().options())));
        }
    }

    // ---- hold and mute

    /** Puts calls on hold, or takes them off. */
    public boolean hold(int line, boolean state) {
        return lines.each(line, one -> holding.hold(one, state));
    }

    /** Puts calls on hold that are not, and takes those off that are (B-090). */
    public boolean holdChange(int line) {
        return lines.each(line, one -> holding.hold(one, !holding.isHeldHere(one)));
    }

    /** Returns 0 for a call that nobody holds, 2 for one that we hold, 3 the peer, 4 both, -1 without a call; -2 asks for any call. */
    public int isOnHold(int line) {
        if (line == ClassicPhone.ALL) {
            return lines.all().stream().mapToInt(lines::hold).max().orElse(-1);
        }
        return lines.find(line).map(lines::hold).orElse(-1);
    }

    /**
     * Mutes connected calls, or lets them be heard again; others are passed over (B-091).
     *
     * @param direction 0 or 3 both, 1 the speaker, 2 the microphone, 4 what {@code defmute} says
     */
    public boolean mute(int line, boolean mute, int direction) {
        int which = ClassicMute.directions(direction, (int) phone.parameters().number("defmute"));
        if (which == 0) {
            phone.send(Notification.event("ERROR", "Nothing is muted by direction " + direction + " (parameter defmute is "
                    + phone.parameters().number("defmute") + "): use 0 both, 1 speaker, 2 microphone."));
            return false;
        }
        return lines.each(line, one -> {
            if (one.call().state() == Call.State.ESTABLISHED) {
                holding.mute(one, mute, which);
            }
        });
    }

    /** Returns 0 not muted, 1 both, 2 the speaker, 3 the microphone; -1 without a call. */
    public int isMuted(int line) {
        return lines.find(line).map(one -> one.mute().answer()).orElse(-1);
    }

    // ---- transfer and conference

    /**
     * Makes the peer of a call talk to somebody else, in the way of parameter {@code transfertype}.
     *
     * @param peer whom; empty connects the peers of the two calls there are
     */
    public boolean transfer(int line, String peer) {
        phone.send(Notification.event("EVENT", "transfer [wpmain]"));
        return lines.each(line, one -> transfers.start(one, peer, lines.all()));
    }

    /**
     * Mixes calls.
     *
     * @param peer somebody to call and add; empty mixes the calls there are
     */
    public boolean conference(String peer) {
        return phone.with(on -> conference.add(lines.all(), peer));
    }

    /** Adds a line to the conference or removes it; -2 all. */
    public boolean conference(int line, String peer, boolean add) {
        return phone.with(on -> {
            List<ClassicLine> chosen = line == ClassicPhone.ALL ? lines.all() : lines.find(line).stream().toList();
            if (!peer.isBlank()) {
                conference.add(lines.all(), peer);
            } else if (add) {
                conference.add(conference.with(chosen), "");
            } else if (line == ClassicPhone.ALL) {
                conference.end();
            } else {
                chosen.forEach(conference::remove);
            }
        });
    }

    /** Calls somebody on a line of its own, for a transfer or a conference. */
    ClassicLine consult(String peer) {
        Call call = phone.running().orElseThrow(() -> new IllegalStateException("The phone is not started.")).account().get()
                .dial(peer, options());
        return lines.adopt(ClassicPhone.CURRENT, call, Optional.empty());
    }

    // ---- headers

    /**
     * Sets the SIP headers of everything sent in a call, or with -1 and -2 in all calls from now on.
     *
     * @param headers lines {@code Name: value}
     */
    public boolean setSipHeader(int line, String headers) {
        return phone.guard(() -> {
            Map<String, String> wanted = ClassicRules.headers(headers);
            if (line < 0) {
                extra.clear();
                extra.putAll(wanted);
            }
            lines.all().stream().filter(one -> line < 0 || one.number() == line).forEach(one -> one.call().headers(wanted));
        });
    }

    /** Returns a header of the peer's last message in a call; a text that begins with {@code ERROR:} when there is none. */
    public String sipHeader(int line, String name) {
        return lines.find(line).map(one -> one.call().details().header(name).orElse("ERROR: no such header"))
                .orElse("ERROR: no such line");
    }

    CallOptions options() {
        CallOptions options = phone.config().calls().options();
        if (phone.parameters().text("displayname").strip().equalsIgnoreCase("anonymous")) {
            options = options.withHeader("Privacy", "id"); // our name alone asks some servers only to hide our number (B-144)
        }
        for (Map.Entry<String, String> header : extra.entrySet()) {
            options = options.withHeader(header.getKey(), header.getValue());
        }
        return options;
    }

    // ---- what happens

    /** A call of ours rings; what comes of sound before the answer is for {@code earlymedia} to say. */
    void onRinging(ClassicLine line, boolean sound) {
        long mode = phone.parameters().number("earlymedia");
        if (mode == ClassicSilence.SPEAKS_ALWAYS || sound && mode == ClassicSilence.SPEAKS) {
            phone.running().ifPresent(on -> on.sound().speak(line.call()));
        }
    }

    void onConnected(ClassicLine line) {
        phone.running().ifPresent(on -> ClassicHeadset.apply(phone.parameters(), on.phone()));
        phone.running().ifPresent(on -> on.sound().connect(line.call()));
        phone.parts().player().onConnected(line);
        phone.parts().measurement().onConnected(line);
        holding.onConnected(line);
        phone.parts().silence().refresh(line);
        long longest = phone.config().calls().longest().toMillis();
        line.call().ended().orTimeout(longest, TimeUnit.MILLISECONDS).exceptionally(late -> {
            phone.send(Notification.event("WARNING", "max speech time expired on line " + line.number()));
            line.because("max speech time expired");
            line.call().hangup();
            return null;
        });
    }
}
