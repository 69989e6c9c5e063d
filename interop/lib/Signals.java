import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallExtensions;
import io.earshot.api.CallOptions;
import io.earshot.api.IncomingCall;
import io.earshot.api.Phone;
import io.earshot.api.RegistrationConfig;
import io.earshot.api.VoipException;
import io.earshot.api.calls.CallDetails;
import io.earshot.api.calls.Identity;
import io.earshot.api.calls.Presentation;
import io.earshot.api.identity.CallerVerification;
import io.earshot.api.identity.VerifierConfig;
import io.earshot.api.presence.PresenceStatus;
import io.earshot.api.presence.Watch;
import io.earshot.api.presence.WatcherPolicy;
import io.earshot.api.transport.spi.TlsConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A program over the public interfaces, for what the classic command line has no words for.
 *
 *     java -cp earshot-all.jar Signals.java MODE PORT SERVER [ARGUMENT]
 *
 * It prints what it is told, a line each, "ready" first, and ends with the line "quit" on its standard input. PORT is its own SIP port,
 * SERVER the host:port of the registrar or of the peer.
 */
public final class Signals {
    private static String server;
    private static Phone phone;

    private Signals() { }

    public static void main(String[] args) throws Exception {
        server = args[2];
        try (Phone opened = open(args)) {
            phone = opened;
            start(args);
            say("ready");
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
            for (String line = commands.readLine(); line != null && !line.equals("quit"); line = commands.readLine()) {
                try {
                    command(line.split(" ", 2));
                } catch (VoipException refused) {
                    say("failed " + refused.failure().sentence());
                }
            }
        }
        System.exit(0);
    }

    private static Phone open(String[] args) throws Exception {
        var builder = Phone.builder().listen(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[1])));
        if (args[0].equals("verify")) {
            try (InputStream in = Files.newInputStream(Path.of(args[3]))) {
                X509Certificate anchor = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
                builder.callerVerification(VerifierConfig.DEFAULT.withAnchors(List.of(anchor)).withPrivateAddresses(true));
            }
        }
        if (args[0].equals("sips")) {
            try (InputStream in = Files.newInputStream(Path.of(args[3]))) {
                builder.tls(TlsConfig.DEFAULT.trustingOnly(List.of((X509Certificate) CertificateFactory.getInstance("X.509")
                        .generateCertificate(in))));
            }
        }
        return builder.open();
    }

    private static synchronized void say(String text) {
        System.out.println(text.replace('\n', ' ').replace('\r', ' '));
        System.out.flush();
    }

    private static Account account;

    private static AccountConfig plain() {
        return AccountConfig.of("sip:1001@" + server, "secret-1001");
    }

    private static void start(String[] args) throws IOException {
        switch (args[0]) {
            case "identity", "early" -> account = phone.addAccount(plain()
                    .withExtensions(CallExtensions.OF_PHONE.withEarlyMediaHeader(true)));
            case "sips" -> {
                account = phone.addAccount(AccountConfig.of("sips:1001@" + server, "secret-1001"));
                account.registerAsync();
            }
            case "details" -> {
                account = phone.addAccount(plain().withIdentity(Identity.PLAIN.withTrusted("127.0.0.1")));
                account.onCall(Signals::describe);
            }
            case "verify" -> {
                account = phone.addAccount(plain());
                account.onCall(Signals::verify);
            }
            case "answers" -> {
                account = phone.addAccount(plain());
                account.onCall(call -> {
                    call.joins().ifPresent(other -> say("joins " + other.callId()));
                    report(call.answer());
                });
            }
            case "push" -> account = phone.register(plain().withRegistration(RegistrationConfig.DEFAULT.withPush(
                    new RegistrationConfig.Push("webpush", "device-7", java.util.Optional.of("app-3")))));
            default -> account = phone.register(plain());
        }
    }

    private static void command(String[] words) {
        String rest = words.length > 1 ? words[1] : "";
        switch (words[0]) {
            case "call" -> report(account.dial(rest));
            case "call-hidden" -> report(account.dial(rest, CallOptions.DEFAULT.withPresentation(Presentation.ACCOUNT.withHidden())));
            case "call-asserted" -> report(account.dial(rest, shown(Presentation.Place.ASSERTED)));
            case "call-preferred" -> report(account.dial(rest, shown(Presentation.Place.PREFERRED)));
            case "hangup" -> phone.calls().forEach(Call::hangup);
            case "devices" -> watch("devices", account.watches().devices(), device -> device.contact());
            case "watchers" -> watch("watchers", account.watches().watchers(), watcher -> watcher.address());
            case "show" -> {
                account.presence().policy(WatcherPolicy.ALLOW);
                account.presence().show(PresenceStatus.ONLINE);
            }
            case "details" -> say("registered " + account.details());
            default -> say("unknown " + words[0]);
        }
    }

    private static <T> void watch(String what, Watch<List<T>> watch, Function<T, String> name) {
        watch.onState(state -> say("state " + state));
        watch.onChange(list -> say(what + " " + list.stream().map(name).sorted().collect(Collectors.joining(" "))));
    }

    private static CallOptions shown(Presentation.Place place) {
        return CallOptions.DEFAULT.withPresentation(Presentation.ACCOUNT.withNumber("+43123456").withDisplayName("Front Desk").in(place));
    }

    private static void report(Call call) {
        Consumer<CallEvent> events = event -> {
            if (event instanceof CallEvent.Ringing ringing) {
                say("ringing " + ringing.status() + (ringing.earlyMedia() ? " heard" : ""));
            } else if (event instanceof CallEvent.Answered) {
                say("answered");
            } else if (event instanceof CallEvent.RemoteChanged changed) {
                say("peer " + changed.remote().displayName() + " " + changed.remote().address());
            } else if (event instanceof CallEvent.Ended ended) {
                say("ended " + ended.failure().map(failure -> failure.sentence()).orElse("well"));
            }
        };
        call.onEvent(events);
    }

    private static void describe(IncomingCall call) {
        CallDetails told = call.call().details();
        say("asserted " + told.asserted().map(peer -> peer.displayName() + " " + peer.address()).orElse("nobody") + ", anonymous "
                + told.anonymous());
        told.diversions().forEach(one -> say("diverted by " + one.address() + " " + one.reason() + " " + one.count()));
        told.history().forEach(one -> say("by way of " + one));
        told.userToUser().forEach(one -> say("data " + new String(one.bytes(), java.nio.charset.StandardCharsets.UTF_8)));
        told.alertInfo().forEach(one -> say("rings " + one));
        call.reject(486);
    }

    private static void verify(IncomingCall call) {
        CallerVerification known = call.verification().join();
        if (known instanceof CallerVerification.Valid valid) {
            say("valid " + valid.passport().attestation().map(Object::toString).orElse("") + " " + valid.passport().caller() + " by "
                    + valid.signer());
        } else {
            say("not valid: " + known);
        }
        call.reject(486);
    }
}
