package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.number;
import static io.earshot.sdk.classic.ClassicParameter.text;
import static io.earshot.sdk.classic.ClassicParameter.yesNo;

import io.earshot.api.AccountConfig;
import io.earshot.api.calls.AutoAnswer;
import io.earshot.api.calls.CallLimits;
import io.earshot.api.calls.CallRules;
import io.earshot.api.calls.Dialling;
import io.earshot.api.calls.Forwarding;
import io.earshot.api.calls.Identity;
import io.earshot.api.calls.Redialling;
import io.earshot.api.calls.Screening;
import io.earshot.api.raw.SipRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The classic parameters that rule calls, as rules of the modern API, and classic lists of headers. */
final class ClassicRules {
    static final List<ClassicParameter> ROWS = ParameterGroup.CALL.live(
            text("customsipheader", "", "SIP headers for all messages: Name: value, several separated by \\r\\n"),
            text("techprefix", "", "put before called numbers"),
            number("normalizenumber", -1, 1, -1, "remove .-;()[]: and space from called numbers: 0 no, 1 yes, -1 as the user name is"),
            text("numrewriterules", "", "from;to;minlength;maxlength,… for called numbers", "numpxrewrite"),
            text("numrewriterulesadv", "", "rules of eight fields for called and calling numbers"),
            number("enabledirectcalls", 0, 3, 1, "SIP addresses of other domains: 0 user part only, 1 IP addresses, 2 and 3 any"),
            yesNo("mustconnect", false, "call only while registered"),
            yesNo("rejectonbusy", false, "refuse calls while one is under way"),
            number("maxsimcalls", -1, 10_000, -1, "the most calls at a time; 0 none, -1 no limit", "pjsua.PJSUA_MAX_CALLS"),
            number("disablesamecall", -1, 3, 1, "the same number: 0 always, 1 not within 6 s, 2 nor twice, 3 nor while talking to it"),
            number("redialonfail", 0, 1, 1, "1 calls again when there is no response"),
            number("allowrecall", -1, 3, -1, "0 never calls again, 1 to 3 do; -1 as redialonfail says"),
            number("callretryonreject", 0, 1, 1, "1 calls again when the call is refused for a reason that may pass"),
            yesNo("codecretry", true, "call again with other codecs when none is in common"),
            text("callforwardalways", "", "forward every call to this number"),
            text("callforwardonbusy", "", "forward calls to this number while one is under way"),
            text("callforwardonnoanswer", "", "forward calls that nobody answers to this number"),
            number("callforwardonnoanswertimeout", 0, 600, 15, "how many seconds those ring first"),
            text("calltransferalways", "", "answer every call and transfer it to this number, for servers that do not follow 302",
                    "calltransferralways"),
            number("autoignore", 0, 2, 0, "calls: 0 ring, 1 get no answer, 2 are rejected"),
            text("blacklist", "", "users or numbers to refuse, separated by commas"),
            number("rejectcallto", 0, 4, 0, "1 refuses calls and messages for others than username, 2 to 4 also those not from its server"),
            number("hideautocall", 0, 1, 0, "1 says nothing of calls that a rule deals with"));

    /** What the engine writes itself; a raw message's own are left out. */
    private static final Set<String> OURS = Set.of("via", "v", "from", "f", "to", "t", "call-id", "i", "cseq", "contact", "m",
            "max-forwards", "route", "record-route", "content-length", "l", "content-type", "c", "user-agent");

    private ClassicRules() {
    }

    static CallRules of(ClassicParameters from) {
        return CallRules.NONE.with(screening(from)).with(forwarding(from)).with(dialling(from)).with(redialling(from))
                .with(AutoAnswer.NEVER.onRequestOf(AutoAnswer.OnRequest.TRUSTED))
                .with(CallLimits.NONE.withMostCalls((int) from.number("maxsimcalls")).withCallWaiting(!from.isOn("rejectonbusy")));
    }

    private static Screening screening(ClassicParameters from) {
        Screening.DoNotDisturb mode = switch ((int) from.number("autoignore")) {
            case 1 -> Screening.DoNotDisturb.IGNORE;
            case 2 -> Screening.DoNotDisturb.BUSY;
            default -> Screening.DoNotDisturb.OFF;
        };
        Screening.TargetCheck check = switch ((int) from.number("rejectcallto")) {
            case 0 -> Screening.TargetCheck.NONE;
            case 1 -> Screening.TargetCheck.USER;
            default -> Screening.TargetCheck.SERVER;
        };
        return new Screening(mode, list(from.text("blacklist")), check);
    }

    private static Forwarding forwarding(ClassicParameters from) {
        return new Forwarding(from.given("callforwardalways"), from.given("callforwardonbusy"), from.given("callforwardonnoanswer"),
                Duration.ofSeconds(from.number("callforwardonnoanswertimeout")), from.given("calltransferalways"));
    }

    private static Dialling dialling(ClassicParameters from) {
        Dialling.Normalise normalise = switch ((int) from.number("normalizenumber")) {
            case 0 -> Dialling.Normalise.OFF;
            case 1 -> Dialling.Normalise.ON;
            default -> Dialling.Normalise.AUTO;
        };
        boolean anywhere = from.number("enabledirectcalls") >= 2 || from.given("serveraddress").isEmpty();
        Dialling.DirectCalls direct = anywhere ? Dialling.DirectCalls.ANY
                : from.number("enabledirectcalls") == 1 ? Dialling.DirectCalls.IP_ADDRESSES : Dialling.DirectCalls.USER_ONLY;
        Dialling.SameNumber same = switch ((int) from.number("disablesamecall")) {
            case 0 -> Dialling.SameNumber.ALLOW;
            case 2 -> Dialling.SameNumber.NOT_TWICE;
            case 3 -> Dialling.SameNumber.NOT_WHILE_TALKING;
            default -> Dialling.SameNumber.NOT_AT_ONCE;
        };
        return new Dialling(normalise, from.text("numrewriterules"), from.text("numrewriterulesadv"), from.text("techprefix"), direct,
                from.isOn("mustconnect"), same);
    }

    private static Redialling redialling(ClassicParameters from) {
        long recall = from.number("allowrecall");
        boolean again = recall < 0 ? from.number("redialonfail") == 1 : recall > 0;
        return new Redialling(again, from.number("callretryonreject") == 1, from.isOn("codecretry"));
    }

    /** Returns the account with its headers, and with its server trusted where that is an IP address. */
    static AccountConfig identify(ClassicParameters from, AccountConfig account) {
        Identity identity = account.identity();
        for (Map.Entry<String, String> header : headers(from.text("customsipheader")).entrySet()) {
            identity = identity.withHeader(header.getKey(), header.getValue());
        }
        identity = ClassicNat.suggest(from, identity);
        Optional<String> hardware = ClassicHabits.hardwareAddress(from);
        identity = hardware.isPresent() ? identity.withHeader("X-MAC", hardware.get()) : identity;
        Optional<String> country = ClassicMachine.country(from, Locale.getDefault());
        identity = country.isPresent() ? identity.withHeader("X-Country", country.get()) : identity;
        String server = from.text("serveraddress").replaceFirst(":[0-9]+$", "");
        return account.withIdentity(server.matches("[0-9]+(\\.[0-9]+){3}") ? identity.withTrusted(server) : identity);
    }

    /** Returns the entries of a list separated by commas. */
    static List<String> list(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).filter(entry -> !entry.isEmpty()).toList();
    }

    /**
     * Reads lines {@code Name: value}, separated by line breaks, written out or as {@code \r\n}.
     *
     * @throws IllegalArgumentException naming the line that is no header
     */
    static Map<String, String> headers(String text) {
        Map<String, String> out = new LinkedHashMap<>();
        for (String line : text.replace("\\r\\n", "\n").replace("\\n", "\n").split("\r?\n")) {
            if (line.isBlank()) {
                continue;
            }
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new IllegalArgumentException("'" + line + "' is no SIP header: write Name: value");
            }
            out.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
        return out;
    }

    /** A raw message: whom to send it to, and what. */
    record Raw(String target, SipRequest request) { }

    /**
     * Reads a request as text. Its headers that route it or name a dialog are left out: they are written anew.
     *
     * @throws IllegalArgumentException when it is no request
     */
    static Raw raw(String text) {
        String plain = text.replace("\\r\\n", "\n").replace("\r\n", "\n").strip();
        int blank = plain.indexOf("\n\n");
        String head = blank < 0 ? plain : plain.substring(0, blank);
        String body = blank < 0 ? "" : plain.substring(blank + 2);
        String[] first = head.split("\n", 2)[0].strip().split(" ");
        if (first.length != 3 || !first[2].equals("SIP/2.0")) {
            throw new IllegalArgumentException("'" + head.split("\n", 2)[0]
                    + "' is no SIP request: write METHOD sip:user@host SIP/2.0 first");
        }
        Map<String, String> given = headers(head.contains("\n") ? head.substring(head.indexOf('\n') + 1) : "");
        Map<String, String> wanted = new LinkedHashMap<>();
        String type = body.isEmpty() ? "" : "text/plain";
        for (Map.Entry<String, String> header : given.entrySet()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.equals("content-type") || name.equals("c")) {
                type = body.isEmpty() ? "" : header.getValue();
            } else if (!OURS.contains(name)) {
                wanted.put(header.getKey(), header.getValue());
            }
        }
        return new Raw(first[1], new SipRequest(first[0], wanted, type, body));
    }
}
