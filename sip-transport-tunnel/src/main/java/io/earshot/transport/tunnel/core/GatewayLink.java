package io.earshot.transport.tunnel.core;

import io.earshot.api.time.Ticker;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/** One connection to a gateway, whatever it is carried by. {@link GatewayCore#link} makes them. For the thread of the core. */
public final class GatewayLink {
    private static final long GREETING = 10 * Ticker.SECOND;
    /** Who may be anybody is not given memory. */
    private static final int MOST_OF_STRANGERS = 1_024;

    private final GatewayCore core;
    private final InetAddress remote;
    private final long since;
    private final Line line = new Line();
    private final Pulse pulse;
    private Optional<GatewayGreeting> greeting = Optional.empty();
    private Optional<GatewaySession> session = Optional.empty();
    private boolean welcoming;
    private boolean over;

    GatewayLink(GatewayCore core, InetAddress remote, long now) {
        this.core = core;
        this.remote = remote;
        this.since = now;
        this.pulse = new Pulse(core.rules().mostAge(), now);
        line.limit(MOST_OF_STRANGERS);
    }

    InetAddress remote() {
        return remote;
    }

    /** Tells whether the connection is to be ended once {@link #transmit} has nothing more. */
    public boolean isOver() {
        return over;
    }

    /** Tells whether nobody has proven to be a user here. */
    public boolean isStranger() {
        return session.isEmpty();
    }

    void urgent(Frame frame) {
        line.urgent(frame);
    }

    void busy(long now) {
        pulse.busy(now);
    }

    void superseded() {
        over = true;
        session = Optional.empty();
    }

    void refuse(Frame.Refusal why, String text) {
        if (!over) {
            line.urgent(new Frame.Refused(why, text));
            over = true;
        }
    }

    /** Bytes came. */
    public void onReceived(ByteBuffer data, long now) {
        pulse.heard(now);
        line.feed(data);
        while (!over) {
            Optional<Frame> frame = line.next();
            if (frame.isPresent()) {
                take(frame.get(), now);
            } else if (line.isBroken()) {
                nonsense();
            } else {
                return;
            }
        }
    }

    private void nonsense() {
        core.counts().malformed++;
        refuse(Frame.Refusal.PROTOCOL, "");
    }

    private void take(Frame frame, long now) {
        if (session.isEmpty()) {
            greet(frame, now);
        } else if (frame instanceof Frame.Data data) {
            session.get().depart(data, now);
        } else if (frame instanceof Frame.Ping ping) {
            line.urgent(new Frame.Pong(ping.mark()));
        } else if (frame instanceof Frame.Pong pong) {
            pulse.pong(pong.mark(), now);
        } else if (frame instanceof Frame.Open open && (open.kind() == Frame.MEDIA || open.kind() == Frame.SIGNALLING)) {
            session.get().open(open, this, core.ticker());
        } else if (frame instanceof Frame.Close close) {
            session.get().close(close.channel());
        } else if (frame instanceof Frame.Connect connect) {
            session.get().streams().connect(connect);
        } else if (frame instanceof Frame.Stream part) {
            session.get().streams().part(part, now);
        } else {
            nonsense();
        }
    }

    private void greet(Frame frame, long now) {
        if (frame instanceof Frame.Hello hello && greeting.isEmpty()) {
            greeting = GatewayGreeting.of(hello, core.secret(hello.user()), core.ids());
            greeting.ifPresentOrElse(begun -> line.urgent(begun.challenge()), this::nonsense);
        } else if (frame instanceof Frame.Proof proof && greeting.isPresent()) {
            if (greeting.get().isProven(proof)) {
                session = core.admit(greeting.get(), proof, this, now);
            } else {
                core.failed(remote, greeting.get().user(), now);
                refuse(Frame.Refusal.LOGIN, "");
            }
        } else {
            nonsense();
        }
    }

    /** The last word in the clear; everything after it is encrypted if that was agreed upon. */
    void welcome(Frame.Welcome welcome, GatewayGreeting by) {
        line.urgent(welcome);
        line.limit(0xFFFF);
        line.sealIncoming(by.seal("client"));
        welcoming = true;
    }

    /** Returns bytes for the connection, when it can take some; an empty buffer when there is nothing. */
    public ByteBuffer transmit(long now) {
        boolean open = session.isPresent() && !over && !welcoming;
        if (open) {
            pulse.due(now).ifPresent(mark -> line.urgent(new Frame.Ping(mark)));
        }
        ByteBuffer out = line.take(open ? session.get().queue() : core.nothing(), now, open, open && !pulse.isStalled(now));
        if (welcoming) {
            welcoming = false;
            line.sealOutgoing(greeting.flatMap(by -> by.seal("gateway")));
        }
        return out;
    }

    /** Looks at the time; call it a few times a second. */
    public void onTime(long now) {
        if (session.isEmpty() ? now - since > GREETING : pulse.isDead(now)) {
            over = true;
        }
    }

    /** The connection is gone. */
    public void onLost(long now) {
        over = true;
        session.ifPresent(own -> own.detach(this, now));
        core.left(this, session.map(GatewaySession::user));
    }
}
