package io.earshot.sdk.internal.call;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.PhoneEvent;
import io.earshot.api.presence.Availability;
import io.earshot.api.presence.Presence;
import io.earshot.api.presence.PresenceEvent;
import io.earshot.api.presence.PresenceStatus;
import io.earshot.api.presence.WatcherPolicy;
import io.earshot.sdk.internal.loop.Published;
import io.earshot.sip.dialog.DialogReference;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import io.earshot.sip.ua.EventBody;
import io.earshot.sip.ua.EventNews;
import io.earshot.sip.ua.PublicationId;
import io.earshot.sip.ua.PublicationState;
import io.earshot.sip.ua.WatcherId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What others see of one account. The state is confined to the signalling loop. */
final class EnginePresence implements Presence {
    private static final int MOST_NAMES = 10_000;

    private final EventDesk desk;
    private final EngineAccount account;
    private final OwnState own;
    private final WatcherNews news;
    private final Published<PresenceStatus> shown = new Published<>(PresenceStatus.ONLINE);
    private final Published<List<Watcher>> view = new Published<>(List.of());

    // Confined to the signalling loop.
    private final Map<WatcherId, Watcher> watchers = new LinkedHashMap<>();
    private final Map<String, Boolean> decided = new HashMap<>();
    /** What these see instead of what is shown to all. */
    private final Map<String, PresenceStatus> apart = new HashMap<>();
    private WatcherPolicy policy = WatcherPolicy.ASK;
    private boolean shareCalls;
    private Optional<PublicationId> publication = Optional.empty();
    private boolean wasShown;

    EnginePresence(EventDesk desk, EngineAccount account) {
        this.desk = desk;
        this.account = account;
        this.own = new OwnState(account.address());
        this.news = new WatcherNews(desk, account, own.address());
    }

    // ---- the program's side

    @Override
    public void show(PresenceStatus status) {
        requireNonNull(status, "status");
        account.checkOpen();
        shown.set(status);
        desk.onLoop(() -> {
            wasShown = true;
            own.show(status);
            publish();
            update();
        });
    }

    @Override
    public void showTo(String address, PresenceStatus status) {
        requireNonNull(status, "status");
        String who = key(Addresses.target(requireNonNull(address, "address"), account.config()));
        desk.onLoop(() -> {
            if (apart.size() < MOST_NAMES || apart.containsKey(who)) {
                apart.put(who, status);
                update();
            }
        });
    }

    @Override
    public void showAll() {
        desk.onLoop(() -> {
            apart.clear();
            update();
        });
    }

    /** Returns what a watcher sees. */
    private EventBody document(Watcher watcher) {
        return own.document(watcher.what(), apart.getOrDefault(key(Uri.parse(watcher.address())), own.shown()));
    }

    @Override
    public PresenceStatus shown() {
        return shown.get();
    }

    @Override
    public void reflectCalls(boolean reflect) {
        desk.onLoop(() -> {
            own.reflectCalls(reflect);
            changed();
        });
    }

    @Override
    public void shareCalls(boolean share) {
        desk.onLoop(() -> shareCalls = share);
    }

    @Override
    public void policy(WatcherPolicy wanted) {
        requireNonNull(wanted, "policy");
        desk.onLoop(() -> policy = wanted);
    }

    @Override
    public void allow(String address) {
        decide(address, true);
    }

    @Override
    public void deny(String address) {
        decide(address, false);
    }

    private void decide(String address, boolean allowed) {
        String who = key(Addresses.target(requireNonNull(address, "address"), account.config()));
        desk.onLoop(() -> {
            if (decided.size() < MOST_NAMES || decided.containsKey(who)) {
                decided.put(who, allowed);
            }
            List.copyOf(watchers.entrySet()).stream().filter(entry -> key(Uri.parse(entry.getValue().address())).equals(who))
                    .forEach(entry -> apply(entry.getKey(), entry.getValue(), allowed));
        });
    }

    @Override
    public List<Watcher> watchers() {
        return view.get();
    }

    // ---- watchers, on the loop

    void onWatcher(EventNews.WatcherArrived arrived) {
        NameAddr from = arrived.subscribe().from();
        if (arrived.event().equals(WatcherNews.EVENT)) {
            desk.watchedBy(arrived.watcher(), this);
            news.arrived(arrived.watcher(), key(from.uri()).equals(key(Uri.parse(own.address()))), arrived.subscribe());
            return;
        }
        boolean lines = arrived.event().equals("dialog");
        Uri who = from.uri() instanceof SipUri sip ? sip.withoutParameters().withoutHeaders() : from.uri();
        Watcher watcher = new Watcher(who.toString(), from.displayName(), arrived.event(), false);
        Optional<Boolean> known = Optional.ofNullable(decided.get(key(from.uri())))
                .or(() -> policy == WatcherPolicy.ASK ? Optional.empty() : Optional.of(policy == WatcherPolicy.ALLOW));
        desk.watchedBy(arrived.watcher(), this);
        if (lines && !shareCalls || known.isPresent() && !known.get()) {
            desk.engine().watchers().reject(arrived.watcher(), desk.now());
            return;
        }
        watchers.put(arrived.watcher(), watcher);
        if (known.isPresent()) {
            apply(arrived.watcher(), watcher, true);
            return;
        }
        desk.engine().watchers().hold(arrived.watcher(), desk.now());
        look();
        desk.tell(new PhoneEvent.InPresence(account, new PresenceEvent.WatcherAsks(watcher)));
    }

    private void apply(WatcherId id, Watcher watcher, boolean allowed) {
        if (allowed) {
            watchers.put(id, new Watcher(watcher.address(), watcher.displayName(), watcher.what(), true));
            desk.engine().watchers().accept(id, document(watcher), desk.now());
        } else {
            desk.engine().watchers().reject(id, desk.now());
        }
        look();
    }

    void onLeft(WatcherId id) {
        if (!news.left(id) && watchers.remove(id) != null) {
            look();
        }
    }

    private void look() {
        view.set(List.copyOf(watchers.values()));
        news.changed(watchers);
    }

    /** Addresses are one when user and host are (RFC 3261 §19.1.4, without parameters). */
    private static String key(Uri uri) {
        return uri instanceof SipUri sip ? sip.decodedUser().orElse("") + "@" + sip.host().toLowerCase(Locale.ROOT) : uri.toString();
    }

    // ---- our state, on the loop

    void onCall(Call call, CallEvent event, Optional<DialogReference> dialog) {
        own.onCall(call, event, dialog);
        changed();
    }

    private void changed() {
        if (wasShown) {
            publish();
        }
        update();
    }

    private void update() {
        watchers.forEach((id, watcher) -> {
            if (watcher.seesUs()) {
                desk.engine().watchers().update(id, document(watcher), desk.now());
            }
        });
    }

    private void publish() {
        EventBody body = own.document("presence");
        if (publication.isPresent() && desk.engine().publications().modify(publication.get(), body, desk.now())) {
            return;
        }
        if (shown.get().availability() == Availability.INVISIBLE || account.isClosed()) {
            return; // nobody has to learn that there is somebody to be hidden
        }
        PublicationId id = desk.engine().publications().publish(account.id(), "presence", Uri.parse(own.address()),
                account.config().expires().toSeconds(), body, desk.now());
        publication = Optional.of(id);
        desk.published(id, this);
    }

    void onPublication(EventNews.PublicationMoved moved) {
        PublicationState state = moved.state();
        if (state instanceof PublicationState.Published) {
            desk.tell(new PhoneEvent.InPresence(account, new PresenceEvent.Published(shown.get())));
        } else if (state instanceof PublicationState.Waiting waiting) {
            failed(waiting.cause());
        } else if (state instanceof PublicationState.Ended ended) {
            publication = Optional.empty();
            ended.cause().ifPresent(this::failed);
        }
    }

    private void failed(io.earshot.sip.ua.Failure cause) {
        desk.tell(new PhoneEvent.InPresence(account, new PresenceEvent.PublishFailed(
                Failures.of(cause, account.address(), account.user()))));
    }
}
