package io.earshot.sdk.classic;

import io.earshot.api.Account;
import io.earshot.api.presence.Availability;
import io.earshot.api.presence.Mailbox;
import io.earshot.api.presence.PresenceEvent;
import io.earshot.api.presence.PresenceStatus;
import io.earshot.api.presence.Watch;
import io.earshot.api.presence.WatchState;
import io.earshot.api.presence.WatcherPolicy;
import io.earshot.sdk.internal.loop.Published;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Presence, busy lamps and voice mail as the classic functions and notifications have them. Safe for use by any thread. */
final class ClassicPresence {
    private static final int MOST_NAMES = 500;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 604;
    /** What the names of the parameters begin with that say what one user sees. */
    static final String APART = "upresence_";

    /**
     * What the parameters say.
     *
     * @param presence whether there is presence
     * @param expires the life of subscriptions
     * @param policy what becomes of strangers who want to watch us
     * @param lines whether there are busy lamps, 0 to 3
     * @param lineUsers whose
     * @param voicemail 0 to 4
     * @param mailbox whose voice mail; empty for our own
     * @param email what is told of our mail address; empty for nothing
     * @param apart what users see instead of what all see, by user
     */
    record Settings(boolean presence, Duration expires, WatcherPolicy policy, int lines, List<String> lineUsers, int voicemail,
            Optional<String> mailbox, String email, Map<String, String> apart) {
        static Settings of(ClassicParameters from) {
            long accept = from.number("autoacceptpresencrequests");
            return new Settings(from.number("enablepresence") > 0, Duration.ofSeconds(from.number("presenceexpire")),
                    accept == 0 ? WatcherPolicy.DENY : accept == 2 ? WatcherPolicy.ALLOW : WatcherPolicy.ASK,
                    (int) from.number("enableblf"), names(from.text("blfuserlist")), (int) from.number("voicemail"),
                    from.given("voicemailnum"), from.text("email"), from.having(APART));
        }

        private Settings withLines(int other) {
            return new Settings(presence, expires, policy, other, lineUsers, voicemail, mailbox, email, apart);
        }
    }

    private static final int VOICEMAIL_BY_ITSELF = 2;
    private static final int VOICEMAIL_AFTER_REGISTRATION = 3;
    private static final int VOICEMAIL_AT_ONCE = 4;

    private final Account account;
    private final Published<Settings> current;
    private final Consumer<Notification> sink;
    private final ClassicLamps lamps;
    private final Map<String, Watch<?>> watches = new ConcurrentHashMap<>();
    /** Who was named as a contact. */
    private final Set<String> contacts = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicBoolean toldUnasked = new AtomicBoolean();

    /**
     * Makes what an account watches and shows.
     *
     * @param lamps sets the parameter enableblf
     */
    ClassicPresence(Account account, Settings settings, Consumer<Notification> sink, IntConsumer lamps) {
        this.account = account;
        this.current = new Published<>(settings);
        this.sink = sink;
        this.lamps = new ClassicLamps(account, sink, () -> settings().lines, () -> settings().expires, lamps);
        if (!settings.email.isEmpty()) {
            account.presence().show(status(Availability.ONLINE));
        }
        apply(settings);
        if (settings.voicemail == VOICEMAIL_AT_ONCE) {
            checkVoicemail();
        }
    }

    private void apply(Settings settings) {
        account.presence().policy(settings.presence ? settings.policy : WatcherPolicy.DENY);
        account.presence().shareCalls(settings.lines > 0);
        showApart(settings.apart);
    }

    private Settings settings() {
        return current.get();
    }

    /** The parameters have changed: what they say holds for what comes from now on. Lamps that are forced stay (B-138). */
    void update(Settings given) {
        Settings before = settings();
        Settings next = before.lines == ClassicLamps.ALWAYS ? given.withLines(ClassicLamps.ALWAYS) : given;
        current.set(next);
        if (!before.equals(next)) {
            apply(next);
        }
        if (begun.get()) {
            lamps.follow(before.lines > 0 ? before.lineUsers : List.of(), next.lines > 0 ? next.lineUsers : List.of());
        }
        if (!before.email.equals(next.email)) {
            account.presence().show(status(account.presence().shown().availability()));
        }
    }

    /** The account is registered, or does not have to be: what the parameters ask for begins. */
    void begin() {
        if (begun.compareAndSet(false, true)) {
            int voicemail = settings().voicemail;
            boolean served = !toldUnasked.get() && account.details().events().contains("message-summary");
            if (voicemail == VOICEMAIL_AFTER_REGISTRATION || voicemail == VOICEMAIL_BY_ITSELF && served) {
                checkVoicemail();
            }
            if (settings().lines > 0) {
                settings().lineUsers.forEach(lamps::watch);
            }
        }
    }

    // ---- functions

    boolean checkPresence(String users) {
        return each(users, settings().presence, "enablepresence", this::watchContact);
    }

    boolean newUser(String user) {
        return each(user, settings().presence, "enablepresence", one -> {
            account.presence().allow(one);
            watchContact(one);
        });
    }

    boolean allow(String users) {
        return each(users, true, "", user -> {
            account.presence().allow(user);
            contacts.add(user);
        });
    }

    /** A call to somebody is over: one of our contacts is watched from now on, where that has not begun yet (B-132). */
    void called(String user, boolean contact) {
        if (settings().presence && begun.get() && (contact || contacts.contains(user)) && !watches.containsKey("contact " + user)) {
            watchContact(user);
        }
    }

    boolean checkBlf(String users) {
        return each(users, settings().lines > 0, "enableblf", lamps::watch);
    }

    boolean disableBlf(String users) {
        return each(users, settings().lines < ClassicLamps.ALWAYS, "enableblf", lamps::end);
    }

    /** Asks each of these users for its capabilities; those of whom the server knows nothing are left out of what SERVERCONTACTS tells. */
    boolean exist(String users) {
        List<String> names = names(users);
        List<CompletableFuture<Boolean>> answers = names.stream().map(name -> account.options().ask(name)
                .handle((answer, refused) -> refused == null && answer.status() != NOT_FOUND && answer.status() != GONE)).toList();
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).thenRun(() -> {
            List<String> found = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                if (answers.get(i).join()) {
                    found.add(names.get(i));
                }
            }
            sink.accept(new Notification(1, List.of("SERVERCONTACTS", String.join(",", found))));
        });
        return !names.isEmpty();
    }

    /** Returns what was last told of somebody who is watched. */
    Optional<PresenceStatus> known(String user) {
        return Optional.ofNullable(watches.get("contact " + user)).flatMap(Watch::latest).filter(PresenceStatus.class::isInstance)
                .map(PresenceStatus.class::cast);
    }

    private boolean each(String list, boolean enabled, String parameter, Consumer<String> action) {
        List<String> users = names(list);
        if (!enabled || users.isEmpty()) {
            sink.accept(Notification.event("ERROR", users.isEmpty() ? "No user is named: give a list such as 1001,1002."
                    : "Parameter " + parameter + " does not allow this."));
            return false;
        }
        users.forEach(action);
        return true;
    }

    private static List<String> names(String list) {
        return Arrays.stream(list.split("[,;]")).map(String::strip).filter(name -> !name.isEmpty()).distinct().limit(MOST_NAMES).toList();
    }

    boolean show(String word) {
        Optional<Availability> wanted = availability(word);
        if (wanted.isEmpty() || !settings().presence) {
            sink.accept(Notification.event("ERROR", wanted.isEmpty()
                    ? "'" + word + "' is no presence: write Online, Away, Busy, DND, Invisible or Offline."
                    : "Parameter enablepresence does not allow this."));
            return false;
        }
        account.presence().show(status(wanted.get()));
        return true;
    }

    private PresenceStatus status(Availability availability) {
        PresenceStatus status = PresenceStatus.of(availability);
        return settings().email.isEmpty() ? status : status.withEmail(settings().email);
    }

    private static Optional<Availability> availability(String word) {
        return switch (word) {
            case "Online" -> Optional.of(Availability.ONLINE);
            case "Away" -> Optional.of(Availability.AWAY);
            case "Busy" -> Optional.of(Availability.BUSY);
            case "DND" -> Optional.of(Availability.DO_NOT_DISTURB);
            case "Invisible" -> Optional.of(Availability.INVISIBLE);
            case "Offline" -> Optional.of(Availability.OFFLINE);
            default -> Optional.empty();
        };
    }

    /** Shows each of these users what is meant for it. */
    private void showApart(Map<String, String> words) {
        account.presence().showAll();
        words.forEach((user, word) -> account.presence().showTo(user, status(availability(word).orElseThrow(() ->
                new IllegalArgumentException("parameter upresence_" + user + "=" + word
                        + ": Online, Away, Busy, DND, Invisible or Offline is wanted")))));
    }

    boolean unsubscribe() {
        lamps.endAll();
        List.copyOf(watches.keySet()).forEach(this::end);
        return true;
    }

    private void end(String key) {
        Optional.ofNullable(watches.remove(key)).ifPresent(Watch::close);
    }

    boolean checkVoicemail() {
        if (settings().voicemail == 0) {
            sink.accept(Notification.event("ERROR", "Parameter voicemail does not allow this."));
            return false;
        }
        again("mailbox", () -> {
            Watch<Mailbox> watch = settings().mailbox.map(number -> account.watches().withExpires(settings().expires).mailbox(number))
                    .orElseGet(() -> account.watches().withExpires(settings().expires).mailbox());
            watch.onChange(this::tell);
            if (settings().voicemail == VOICEMAIL_BY_ITSELF) {
                watch.onState(state -> {
                    if (state instanceof WatchState.Waiting || state instanceof WatchState.Ended ended && ended.failure().isPresent()) {
                        end("mailbox"); // there is none, or its server tells without being asked
                    }
                });
            }
            return watch;
        });
        return true;
    }

    private void watchContact(String user) {
        again("contact " + user, () -> {
            Watch<PresenceStatus> watch = account.watches().withExpires(settings().expires).contact(user);
            watch.onChange(status -> sink.accept(PresenceText.presence(user, status)));
            watch.onState(state -> {
                if (state instanceof WatchState.Pending) {
                    sink.accept(PresenceText.presence(user, "Pending", ""));
                } else if (state instanceof WatchState.Waiting || state instanceof WatchState.Ended ended && ended.failure().isPresent()) {
                    sink.accept(PresenceText.presence(user, "Unknown", ""));
                }
            });
            return watch;
        });
    }

    /** Asks anew for what is watched already. */
    private void again(String key, java.util.function.Supplier<Watch<?>> start) {
        Watch<?> known = watches.get(key);
        if (known != null && !(known.state() instanceof WatchState.Ended)) {
            known.refresh();
        } else {
            watches.put(key, start.get());
        }
    }

    // ---- notifications

    void on(PresenceEvent event) {
        if (event instanceof PresenceEvent.MailboxChanged changed && settings().voicemail > 0) {
            toldUnasked.set(true);
            tell(changed.mailbox());
        } else if (event instanceof PresenceEvent.WatcherAsks asks) {
            String user = ClassicLine.userOf(asks.watcher().address());
            sink.accept(new Notification(1, List.of("NEWUSER", user, asks.watcher().displayName(), "", asks.watcher().address())));
        } else if (event instanceof PresenceEvent.PublishFailed failed) {
            sink.accept(Notification.event("WARNING", "Presence was not published: " + failed.failure().sentence()));
        }
    }

    private void tell(Mailbox mailbox) {
        PresenceText.mailbox(mailbox).ifPresent(sink);
    }
}
