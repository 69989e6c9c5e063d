package io.earshot.sdk.classic;

import io.earshot.api.Account;
import io.earshot.api.Call;
import io.earshot.api.RegistrationState;
import io.earshot.api.presence.PresenceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers to questions about lines, calls and the phone. */
final class ClassicState {
    /** The texts of a line in the order of their numbers, which the documents leave open. */
    static final List<String> LINE_TEXTS = List.of("Unknown", "Init", "Ready", "Outband", "Register", "Unregister", "Subscribe", "Chat",
            "CallSetup", "Setup", "InProgress", "Routed", "Ringing", "CallConnect", "InCall", "Muted", "Hold", "Speaking", "Midcall",
            "CallDisconnect", "Finishing", "Finished", "Deletable", "Error");
    private static final String UNKNOWN = "Unknown";
    private static final int OUTGOING = 1;
    private static final int INCOMING = 2;

    private ClassicState() {
    }

    private static Optional<ClassicLine> find(ClassicPhone phone, int line) {
        return phone.parts().lines().find(line);
    }

    // ---- lines

    /** Returns the state of a line: Init before the start, Ready where there is no call. */
    static String line(ClassicPhone phone, int line) {
        return find(phone, line).map(ClassicLine::text).orElse(phone.isStarted() ? "Ready" : "Init");
    }

    static int number(String text) {
        return Math.max(0, LINE_TEXTS.indexOf(text));
    }

    /** Returns the state of a line, with -2 that of the phone. */
    static String status(ClassicPhone phone, int line, boolean strict) {
        if (line == ClassicPhone.ALL) {
            return global(phone);
        }
        Optional<ClassicLine> exact = find(phone, line);
        if (exact.isPresent() || strict) {
            return exact.map(ClassicLine::text).orElse(UNKNOWN);
        }
        return find(phone, ClassicPhone.CURRENT).map(ClassicLine::text).orElseGet(() -> global(phone));
    }

    /** Returns the state of the phone in the words of STATUS -1. */
    static String global(ClassicPhone phone) {
        if (!phone.isStarted()) {
            return "Starting...";
        }
        if (!phone.network().isOnline()) {
            return "No network";
        }
        List<ClassicLine> lines = phone.parts().lines().all();
        Optional<ClassicLine> talking = lines.stream().filter(line -> line.call().state() == Call.State.ESTABLISHED).findFirst();
        if (talking.isPresent()) {
            return "Speaking (" + talking.get().seconds() + " sec)";
        }
        if (!lines.isEmpty()) {
            return lines.get(0).incoming().isPresent() ? "Incoming..."
                    : lines.get(0).call().state() == Call.State.RINGING ? "Ringing..." : "Calling...";
        }
        RegistrationState state = phone.running().map(on -> on.account().get().state()).orElse(new RegistrationState.Unregistered());
        if (state instanceof RegistrationState.Unregistered) {
            int known = phone.parts().accounts().state();
            return known == 1 ? "Ready" : known == 0 ? "Idle." : "Not Registered";
        }
        if (state instanceof RegistrationState.Failed) {
            return "Register Failed";
        }
        return state instanceof RegistrationState.Registered ? "Registered." : ClassicAccounts.text(state);
    }

    static String details(ClassicPhone phone, int line) {
        return find(phone, line).map(one -> {
            Call call = one.call();
            Notification.Marks marks = phone.parts().lines().marks(one);
            return String.join(",", "LINEDETAILS", Integer.toString(one.number()), one.text(), call.callId(), one.peer(),
                    ClassicLine.userOf(call.account().address()),
                    Integer.toString(call.direction() == Call.Direction.OUTGOING ? OUTGOING : INCOMING), address(phone),
                    ClassicLine.hostOf(call.remote().address()), Integer.toString(marks.mute()), Integer.toString(marks.hold()),
                    call.remote().displayName().replace(',', ' '));
        }).orElse("");
    }

    static String callId(ClassicPhone phone, int line) {
        return find(phone, line).map(one -> one.call().callId()).orElse("");
    }

    static int lineOf(ClassicPhone phone, String callId) {
        String wanted = callId.strip().replaceAll("^\\[|]$", "");
        return phone.parts().lines().all().stream().filter(one -> one.call().callId().equals(wanted)).mapToInt(ClassicLine::number)
                .findFirst().orElse(-1);
    }

    static String caller(ClassicPhone phone, int line) {
        return find(phone, line).map(one -> one.call().remote().displayName().isEmpty() ? one.peer() : one.call().remote().displayName())
                .orElse("");
    }

    static String display(ClassicPhone phone, int line) {
        return find(phone, line).filter(one -> one.call().direction() == Call.Direction.INCOMING).map(one -> {
            String name = one.call().remote().displayName();
            return name.isEmpty() ? one.peer() : one.peer() + "\n" + name;
        }).orElse("");
    }

    static int connected(ClassicPhone phone) {
        return (int) phone.parts().lines().all().stream().filter(one -> one.call().state() == Call.State.ESTABLISHED).count();
    }

    // ---- the last call

    static String lastReason(ClassicPhone phone) {
        return phone.parts().lines().last().map(ClassicLines.Finished::reason).orElse("");
    }

    static String lastCall(ClassicPhone phone) {
        return phone.parts().lines().last().map(last -> String.join(",",
                ClassicLine.cdr(last.line(), last.record(), last.reason()).fields())).orElse("");
    }

    // ---- addresses

    /** Returns the address that others reach us at, as {@code 192.0.2.1:5060}. */
    static String address(ClassicPhone phone) {
        return phone.running().map(on -> {
            String listening = on.phone().listeningOn().stream().findFirst().orElse("").replaceFirst("^\\S+ ", "");
            int colon = listening.lastIndexOf(':');
            boolean any = listening.startsWith("0.0.0.0:") || listening.startsWith("[");
            return any && colon > 0 ? on.phone().network().addresses().stream().filter(ip -> ip.indexOf(':') < 0).findFirst()
                    .orElse("127.0.0.1") + listening.substring(colon) : listening;
        }).orElse("");
    }

    static String addresses(ClassicPhone phone, boolean all) {
        return phone.running().map(on -> {
            String server = on.account().get().address().replaceFirst("^sips?:", "");
            boolean alone = phone.parameters().given("serveraddress").isEmpty();
            String local = ClassicLine.userOf(on.account().get().address()) + "@" + address(phone);
            List<String> found = new ArrayList<>(alone ? List.of(local) : List.of(server, local));
            on.phone().accounts().stream().map(Account::address).map(uri -> uri.replaceFirst("^sips?:", ""))
                    .filter(uri -> !found.contains(uri) && !alone).forEach(found::add);
            return all ? String.join(",", found) : found.get(0);
        }).orElse("");
    }

    static String profile(ClassicPhone phone, String user) {
        boolean own = user.isBlank() || user.equals(phone.parameters().text("username"));
        return own ? phone.parameters().text("profilestatustext")
                : phone.running().flatMap(on -> on.presence().get().known(user)).map(PresenceStatus::note).orElse("");
    }

    // ---- messages

    /**
     * Returns a SIP message as it was on the wire.
     *
     * @param of a line, -1 or empty for any, or a Call-ID
     */
    static String message(ClassicPhone phone, String of, boolean sent, int kind) {
        String text = of.strip();
        String call = "";
        if (text.matches("-?[0-9]{1,4}")) {
            int line = Integer.parseInt(text);
            call = line > 0 ? callId(phone, line) : "";
            if (line > 0 && call.isEmpty()) {
                return "ERROR: no such line";
            }
        } else {
            call = text;
        }
        return phone.parts().traffic().last(call, sent, kind).orElse("ERROR: no such message");
    }
}
