package io.earshot.sdk.internal.call;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import io.earshot.api.presence.Device;
import io.earshot.api.presence.LineState;
import io.earshot.api.presence.Mailbox;
import io.earshot.api.presence.Presence.Watcher;
import io.earshot.api.presence.PresenceStatus;
import io.earshot.api.presence.Watch;
import io.earshot.api.presence.Watches;
import io.earshot.sip.events.DialogInfo;
import io.earshot.sip.events.MessageSummary;
import io.earshot.sip.events.Presence;
import io.earshot.sip.events.RegInfo;
import io.earshot.sip.events.WatcherInfo;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.Uri;
import io.earshot.sip.ua.SubscribeRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** What one account can watch. Immutable. */
final class EngineWatches implements Watches {
    private static final Duration STANDARD = Duration.ofHours(1);

    private final EventDesk desk;
    private final EngineAccount account;
    private final Duration life;

    EngineWatches(EventDesk desk, EngineAccount account) {
        this(desk, account, STANDARD);
    }

    private EngineWatches(EventDesk desk, EngineAccount account, Duration life) {
        this.desk = desk;
        this.account = account;
        this.life = life;
    }

    @Override
    public Watches withExpires(Duration wanted) {
        requireNonNull(wanted, "life");
        if (wanted.compareTo(Duration.ofSeconds(10)) < 0 || wanted.compareTo(Duration.ofDays(1)) > 0) {
            throw Addresses.bad("The life of a subscription must be 10 s to 1 day, not " + Check.text(wanted) + ".");
        }
        return new EngineWatches(desk, account, wanted);
    }

    @Override
    public Watch<PresenceStatus> contact(String target) {
        return start(Watch.Kind.PRESENCE, target, request("presence", Presence.TYPE), Interpreter.OfPresence::new);
    }

    @Override
    public Watch<LineState> line(String target) {
        return start(Watch.Kind.LINE, target, request("dialog", DialogInfo.TYPE).withForks(), Interpreter.OfLine::new);
    }

    @Override
    public Watch<Mailbox> mailbox() {
        return mailbox(account.address());
    }

    @Override
    public Watch<Mailbox> mailbox(String target) {
        return start(Watch.Kind.MAILBOX, target, request("message-summary", MessageSummary.TYPE), Interpreter.OfMailbox::new);
    }

    @Override
    public Watch<List<Device>> devices() {
        return start(Watch.Kind.DEVICES, account.address(), request("reg", RegInfo.TYPE), Interpreter.OfDevices::new);
    }

    @Override
    public Watch<List<Watcher>> watchers() {
        return start(Watch.Kind.WATCHERS, account.address(), request("presence.winfo", WatcherInfo.TYPE), Interpreter.OfWatchers::new);
    }

    private SubscribeRequest request(String event, MediaType type) {
        Uri anybody = Uri.parse("sip:anybody.invalid"); // replaced by the target
        return SubscribeRequest.of(anybody, event, type).withExpires(life.toSeconds());
    }

    private <T> Watch<T> start(Watch.Kind kind, String target, SubscribeRequest request, Supplier<Interpreter<T>> interpreters) {
        Uri uri = Addresses.target(target, account.config());
        account.checkOpen();
        EngineWatch<T> watch = new EngineWatch<>(desk, account,
                new EngineWatch.What<>(kind, uri, request.withTarget(uri), interpreters));
        desk.onLoop(() -> desk.subscribe(watch));
        return watch;
    }
}
