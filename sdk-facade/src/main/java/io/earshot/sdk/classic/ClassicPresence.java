package io.earshot.sdk.classic;

import io.earshot.api.Account;
import io.earshot.api.presence.Availability;
import io.earshot.api.presence.LineState;
import io.earshot.api.presence.Mailbox;
import io.earshot.api.presence.PresenceEvent;
import io.earshot.api.presence.PresenceStatus;
import io.earshot.api.presence.Watch;
import io.earshot.api.presence.WatchState;
import io.earshot.api.presence.WatcherPolicy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Presence, busy lamps and voice mail as the classic functions and notifications have them. Safe for use by any thread. */
final class ClassicPresence {
    private static final int MOST_NAMES = 500;

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
     */
    record Settings(boolean presence, Duration expires, WatcherPolicy policy, int lines, List<String> lineUsers, int voicemail,
            Optional<String> mailbox) {
        static Settings of(ClassicParameters from) {
            long accept = from.number("autoacceptpresencrequests");
            return new Settings(from.number("enablepresence") > 0, Duration.ofSeconds(from.number("presenceexpire")),
                    accept == 0 ? WatcherPolicy.DENY : accept == 2 ? WatcherPolicy.ALLOW : WatcherPolicy.ASK,
                    (int) from.number("enableblf"), names(from.text("blfuserlist")), (int) from.number("voicemail"),
                    from.given("voicemailnum"));
        }
    }

    private final Account account;
    private final Settings settings;
    private final Consumer<Notification> sink;
    private final Map<String, Watch<?>> watches = new ConcurrentHashMap<>();
    private final AtomicBoolean begun = new AtomicBoolean();

    ClassicPresence(Account account, Settings settings, Consumer<Notification> sink) {
        this.account = account;
        this.settings = settings;
        this.sink = sink;
        account.presence().policy(settings.presence ? settings.policy : WatcherPolicy.DENY);
        account.presence().shareCalls(settings.lines > 0);
        if (settings.voicemail == 4) {
            checkVoicemail();
        }
    }

    /** The account is registered, or does not have to be: what the parameters ask for begins. */
    void begin() {
        if (begun.compareAndSet(false, true)) {
            if (settings.voicemail == 3) {
                checkVoicemail();
            }
            if (settings.lines > 0) {
                settings.lineUsers.forEach(this::watchLine);
            }
        }
    }

    // ---- functions

    /** Runs a function; empty when it is none of these. */
    Optional<Boolean> run(ClassicCommand command) {
        return switch (command.function().toLowerCase(Locale.ROOT)) {
            case "api_checkvoicemail" -> Optional.of(checkVoicemail());
            case "api_checkpresence" -> Optional.of(each(command, settings.presence, "enablepresence", this::watchContact));
            case "api_checkblf" -> Optional.of(each(command, settings.lines > 0, "enableblf", this::watchLine));
            case "api_disableblf" -> Optional.of(each(command, settings.lines < 3, "enableblf", user -> end("line " + user)));
            case "api_pushcontactlist" -> Optional.of(each(command, true, "", account.presence()::allow));
            case "api_newuser" -> Optional.of(each(command, settings.presence, "enablepresence", user -> {
                account.presence().allow(user);
                watchContact(user);
            }));
            case "api_setpresencestatus" -> Optional.of(show(command.argument("statustring", 1).orElse("").strip()));
            case "api_unsubscribe" -> Optional.of(unsubscribe());
            default -> Optional.empty();
        };
    }

    private boolean each(ClassicCommand command, boolean enabled, String parameter, Consumer<String> action) {
        List<String> users = names(command.argument("userlist", 1).or(() -> command.argument("username", 1))
                .or(() -> command.argument("contacts", 1)).orElse(""));
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

    private boolean show(String word) {
        Optional<Availability> wanted = switch (word) {
            case "Online" -> Optional.of(Availability.ONLINE);
            case "Away" -> Optional.of(Availability.AWAY);
            case "Busy" -> Optional.of(Availability.BUSY);
            case "DND" -> Optional.of(Availability.DO_NOT_DISTURB);
            case "Invisible" -> Optional.of(Availability.INVISIBLE);
            case "Offline" -> Optional.of(Availability.OFFLINE);
            default -> Optional.empty();
        };
        if (wanted.isEmpty() || !settings.presence) {
            sink.accept(Notification.event("ERROR", wanted.isEmpty()
                    ? "'" + word + "' is no presence: write Online, Away, Busy, DND, Invisible or Offline."
                    : "Parameter enablepresence does not allow this."));
            return false;
        }
        account.presence().show(PresenceStatus.of(wanted.get()));
        return true;
    }

    private boolean unsubscribe() {
        List.copyOf(watches.keySet()).forEach(this::end);
        return true;
    }

    private void end(String key) {
        Optional.ofNullable(watches.remove(key)).ifPresent(Watch::close);
    }

    private boolean checkVoicemail() {
        if (settings.voicemail == 0) {
            sink.accept(Notification.event("ERROR", "Parameter voicemail does not allow this."));
            return false;
        }
        again("mailbox", () -> {
            Watch<Mailbox> watch = settings.mailbox.map(number -> account.watches().withExpires(settings.expires).mailbox(number))
                    .orElseGet(() -> account.watches().withExpires(settings.expires).mailbox());
            watch.onChange(this::tell);
            return watch;
        });
        return true;
    }

    private void watchContact(String user) {
        again("contact " + user, () -> {
            Watch<PresenceStatus> watch = account.watches().withExpires(settings.expires).contact(user);
            watch.onChange(status -> presence(user, state(status.availability()), details(status)));
            watch.onState(state -> {
                if (state instanceof WatchState.Pending) {
                    presence(user, "Pending", "");
                } else if (state instanceof WatchState.Waiting || state instanceof WatchState.Ended ended && ended.failure().isPresent()) {
                    presence(user, "Unknown", "");
                }
            });
            return watch;
        });
    }

    private void watchLine(String user) {
        again("line " + user, () -> {
            Watch<LineState> watch = account.watches().withExpires(settings.expires).line(user);
            watch.onChange(state -> tell(user, state));
            watch.onState(state -> {
                if (state instanceof WatchState.Waiting || state instanceof WatchState.Ended ended && ended.failure().isPresent()) {
                    line(user, "undefined", "failed", "");
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
        if (event instanceof PresenceEvent.MailboxChanged changed && settings.voicemail > 0) {
            tell(changed.mailbox());
        } else if (event instanceof PresenceEvent.WatcherAsks asks) {
            String user = ClassicLine.userOf(asks.watcher().address());
            sink.accept(new Notification(1, List.of("NEWUSER", user, asks.watcher().displayName(), "", asks.watcher().address())));
        } else if (event instanceof PresenceEvent.PublishFailed failed) {
            sink.accept(Notification.event("WARNING", "Presence was not published: " + failed.failure().sentence()));
        }
    }

    private void tell(Mailbox mailbox) {
        if (mailbox.waiting() || mailbox.fresh() > 0) {
            String count = mailbox.fresh() == 1 ? "1 new message" : mailbox.fresh() + " new messages";
            sink.accept(new Notification(1, List.of("MWI", mailbox.fresh() > 0 ? count + " (" + mailbox.old() + " old)" : "new messages")));
        }
    }

    private void tell(String user, LineState state) {
        if (state.calls().isEmpty()) {
            line(user, "undefined", "terminated", "");
        }
        state.calls().forEach(call -> line(user, call.direction() == LineState.Direction.RECIPIENT ? "receiver"
                : call.direction() == LineState.Direction.INITIATOR ? "initiator" : "undefined",
                call.stage().name().toLowerCase(Locale.ROOT), call.callId().orElse("")));
    }

    private void line(String user, String direction, String state, String callId) {
        sink.accept(new Notification(1, List.of("BLF", user, direction, state, callId)));
    }

    private void presence(String user, String state, String details) {
        sink.accept(new Notification(1, List.of("PRESENCE", user, state, details, "", "")));
    }

    private static String state(Availability availability) {
        return switch (availability) {
            case ONLINE -> "Open";
            case AWAY -> "Away";
            case BUSY -> "Busy";
            case ON_THE_PHONE -> "Speaking";
            case DO_NOT_DISTURB -> "DND";
            case OFFLINE, INVISIBLE -> "Offline";
            case UNKNOWN -> "Unknown";
        };
    }

    private static String details(PresenceStatus status) {
        return !status.note().isEmpty() ? status.note().replace(',', ';')
                : status.availability() == Availability.ONLINE ? "Online" : state(status.availability());
    }
}
